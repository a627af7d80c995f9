// What `help` prints in the terminal.

export const HELP_TEXT = `The cluster
  kubectl (k)   apply, get, describe, logs, delete, explain … as on a real cluster
  cron          what a schedule means and when it fires: cron next "*/5 * * * *"
                what became of each time of a CronJob: cron history NAME
  lab           what only a lab can do: stop a node, add one, list images. Try: lab help

The shell
  cat, ls, grep, sed, awk, jq, sort, head, tail, wc … with pipes, > and loops
  history, clear, date and sleep (both on the cluster's clock)

Keys
  Tab completes, ↑ ↓ go through the history, Ctrl-R searches it, Ctrl-C stops a command
  The files of the editor are this folder.
`
