// The transport bar: time's controls, always at the bottom and always in reach.
import * as Slider from '@radix-ui/react-slider'
import {
  ChevronRight,
  Pause,
  Play,
  RotateCcw,
  SkipForward,
  StepBack,
  StepForward,
} from 'lucide-react'
import { memo, type ReactElement } from 'react'
import { togglePlaying } from '../playback.ts'
import { IconButton } from '../shared/controls.tsx'
import { clockText, countdownText, dayText } from '../shared/time.ts'
import { usePage, useRun } from '../use-run.ts'
import { FuturesMenu } from './futures-menu.tsx'
import {
  jumpToFiring,
  jumpToStart,
  nextFiring,
  stepBack,
  stepForward,
  stepTask,
} from './navigation.ts'
import {
  positionOfSpeed,
  SLIDER_MAX,
  SPEED_STOPS,
  speedMeaning,
  speedOfPosition,
  speedText,
} from './speed.ts'

export function TransportBar(): ReactElement {
  return (
    <footer className="transport" aria-label="Time">
      <MoveButtons />
      <Clock />
      <FuturesMenu />
      <SpeedControl />
      <StoppedPrograms />
      <NextFiring />
    </footer>
  )
}

const MoveButtons = memo(function MoveButtons(): ReactElement {
  const playing = usePage((state) => state.playing)
  const ready = usePage((state) => state.ready)
  const atStart = usePage((state) => state.now <= state.start)
  const run = useRun()
  const hasFuture = usePage((state) => state.nextTaskAt !== undefined)
  return (
    <div className="transport-buttons" role="group" aria-label="Move in time">
      <IconButton
        label="Back to the beginning"
        disabled={!ready || atStart}
        onClick={() => void jumpToStart(run)}
        className="wide-only"
      >
        <RotateCcw size={17} aria-hidden />
      </IconButton>
      <IconButton
        label="Back to the change before"
        shortcut=","
        disabled={!ready || atStart}
        onClick={() => void stepBack(run)}
      >
        <StepBack size={18} aria-hidden />
      </IconButton>
      <button
        type="button"
        className="play-button"
        disabled={!ready}
        aria-label={playing ? 'Pause' : 'Play'}
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        onClick={() => togglePlaying(run.store)}
      >
        {playing ? <Pause size={20} aria-hidden /> : <Play size={20} aria-hidden />}
      </button>
      <IconButton
        label="Step to the next change"
        shortcut="."
        disabled={!ready || !hasFuture}
        onClick={() => void stepForward(run)}
      >
        <StepForward size={18} aria-hidden />
      </IconButton>
      <IconButton
        label="Step a single task"
        shortcut=">"
        disabled={!ready || !hasFuture}
        onClick={() => void stepTask(run)}
        className="wide-only"
      >
        <ChevronRight size={18} aria-hidden />
      </IconButton>
      <IconButton
        label="Run to the next firing"
        shortcut="N"
        disabled={!ready}
        onClick={() => void jumpToFiring(run)}
      >
        <SkipForward size={18} aria-hidden />
      </IconButton>
    </div>
  )
})

function Clock(): ReactElement {
  const second = usePage((state) => Math.floor(state.now / 1000) * 1000)
  const ready = usePage((state) => state.ready)
  const seeking = usePage((state) => state.seeking)
  const behind = usePage((state) => state.behind)
  const playing = usePage((state) => state.playing)
  const seed = usePage((state) => state.session?.seed)
  if (!ready) return <div className="clock">Starting the cluster…</div>
  return (
    <div
      className="clock"
      aria-label="Cluster time"
      data-hint={`Cluster time. Seed ${seed}: the same seed and commands give the same run.`}
    >
      <time dateTime={new Date(second).toISOString()}>
        <span className="clock-time">{clockText(second)}</span>
        <Milliseconds playing={playing} />
        <span className="clock-day"> UTC {dayText(second)}</span>
      </time>
      <span className="clock-state">
        {seeking ? 'travelling…' : behind && playing ? 'as fast as it can' : ''}
        {!seeking && !playing ? 'paused' : ''}
      </span>
    </div>
  )
}

/** Steps are often shorter than a second: while time stands still, the rest of it is shown. Its room
    is always there, so that pausing moves nothing. */
function Milliseconds({ playing }: { playing: boolean }): ReactElement {
  const rest = usePage((state) => (playing ? 0 : state.now % 1000))
  return (
    <span className="clock-rest" data-hidden={playing} aria-hidden={playing}>
      .{String(rest).padStart(3, '0')}
    </span>
  )
}

const SpeedControl = memo(function SpeedControl(): ReactElement {
  const speed = usePage((state) => state.speed)
  const { store } = useRun()
  const setSpeed = (value: number): void => store.setState({ speed: value })
  return (
    <div className="speed">
      <span className="speed-label" id="speed-label">
        Speed
      </span>
      <div className="speed-track">
        <Slider.Root
          className="slider"
          min={0}
          max={SLIDER_MAX}
          step={1}
          value={[positionOfSpeed(speed)]}
          onValueChange={([position]) => setSpeed(speedOfPosition(position ?? 0))}
        >
          <Slider.Track className="slider-track">
            <Slider.Range className="slider-range" />
          </Slider.Track>
          <Slider.Thumb
            className="slider-thumb"
            aria-labelledby="speed-label"
            aria-valuetext={`${speedText(speed)}, ${speedMeaning(speed)}`}
          />
        </Slider.Root>
        <div className="speed-stops">
          {SPEED_STOPS.map((stop) => (
            <button
              key={stop}
              type="button"
              className="speed-stop"
              style={{ left: `${(positionOfSpeed(stop) / SLIDER_MAX) * 100}%` }}
              aria-pressed={speed === stop}
              aria-label={`Speed ${speedText(stop)}`}
              onClick={() => setSpeed(stop)}
            >
              {stopText(stop)}
            </button>
          ))}
        </div>
      </div>
      <span className="speed-value" aria-hidden="true">
        <strong>{speedText(speed)}</strong>
        <span>{speedMeaning(speed)}</span>
      </span>
    </div>
  )
})

/** Short enough for the narrow scale: `3.6k`. */
function stopText(stop: number): string {
  return stop >= 1_000 ? `${stop / 1_000}k` : String(stop)
}

function NextFiring(): ReactElement | null {
  const text = usePage(({ upcoming, now }) => {
    const at = nextFiring(upcoming, now)
    return at === undefined ? undefined : countdownText(at - now)
  })
  if (text === undefined) return null
  return (
    <div className="next-firing">
      next firing in <strong>{text}</strong>
    </div>
  )
}

/** As the cluster's panel names it: `worker`, `scheduler`. */
function shortName(program: string): string {
  return program.replace(/^node\/(novacraft-)?|^kube-/, '')
}

function StoppedPrograms(): ReactElement | null {
  const stopped = usePage((state) => state.stopped)
  if (stopped.length === 0) return null
  return (
    <ul className="chips" aria-label="Switched off">
      {stopped.map((name) => (
        <li key={name} className="chip chip-off">
          {shortName(name)} is off
        </li>
      ))}
    </ul>
  )
}
