// Bounds that keep one container from costing more than a simulation can pay. A real one would be
// bounded by its CPU, memory and disk.

/** Log kept per container, counted as the runtime's log file; the oldest lines go first. */
export const LOG_BYTES_MAX = 256 * 1024
/** Time, stream and tag in front of every line of that file. */
export const LOG_LINE_HEAD = 42
/** Interpreter steps per slice; a proc that needs more lets SLICE_MS pass. */
export const SLICE_STEPS = 50_000
/** Virtual time that a slice of computing takes. */
export const SLICE_MS = 50
/** Steps without any waiting after which a proc counts as busy for ever. */
export const BUSY_STEPS = 500_000
/** The same for all procs of a container together. */
export const CONTAINER_STEPS = 1_500_000
/** What starting a proc costs in steps. */
export const FORK_STEPS = 100
/** A pipe holds this much before its writer waits. */
export const PIPE_BYTES = 64 * 1024
/** The longest single value: a variable, a word, the output of `$(…)`. */
export const VALUE_BYTES_MAX = 512 * 1024
/** Files of a container together. */
export const FILES_BYTES_MAX = 4 * 1024 * 1024
/** Tasks at a time; then fork fails. */
export const PROCS_MAX = 64
/** Depth of functions, sourced files and loops in one shell. */
export const CONTROL_MAX = 500
