// The commands of kubectl in kubectl's own order: the overview lists them in these groups, and of
// two that a mistyped word is near to the first comes first.
import type { Command } from '../command.ts'
import { globalOptions, type CommandGroup } from '../help.ts'
import { annotate } from './annotate.ts'
import { apiResources, apiVersions, clusterInfo, version } from './api.ts'
import { apply } from './apply.ts'
import { auth } from './auth.ts'
import { config } from './config.ts'
import { cordon, uncordon } from './cordon.ts'
import { create } from './create.ts'
import { deleteCommand } from './delete.ts'
import { describe } from './describe.ts'
import { drain } from './drain.ts'
import { diff, edit } from './edit.ts'
import {
  attach,
  certificate,
  completion,
  cp,
  debug,
  exec,
  kuberc,
  plugin,
  portForward,
  proxy,
  top,
} from './unsupported.ts'
import { events } from './events.ts'
import { autoscale, expose } from './expose.ts'
import { kustomize } from './kustomize.ts'
import { explain } from './explain.ts'
import { get } from './get.ts'
import { label } from './label.ts'
import { logs } from './logs.ts'
import { patch } from './patch.ts'
import { replace } from './replace.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { set } from './set.ts'
import { taint } from './taint.ts'
import { wait } from './wait.ts'

const options: Command = {
  name: 'options',
  short: 'Print the list of flags inherited by all commands',
  run: function* ({ context }) {
    context.stdout(globalOptions())
    return 0
  },
}

/** Run by the program itself (run.ts); listed so that `kubectl hlep` finds it. */
const help: Command = { name: 'help', short: 'Help about any command' }

/** The overview's groups in kubectl's own order; a command is registered by its place here. */
export const GROUPS: readonly CommandGroup[] = [
  { title: 'Basic Commands (Beginner):', commands: [create, expose, run, set] },
  { title: 'Basic Commands (Intermediate):', commands: [explain, get, edit, deleteCommand] },
  { title: 'Deploy Commands:', commands: [rollout, scale, autoscale] },
  {
    title: 'Cluster Management Commands:',
    commands: [certificate, clusterInfo, top, cordon, uncordon, drain, taint],
  },
  {
    title: 'Troubleshooting and Debugging Commands:',
    commands: [describe, logs, attach, exec, portForward, proxy, cp, auth, debug, events],
  },
  { title: 'Advanced Commands:', commands: [diff, apply, patch, replace, wait, kustomize] },
  { title: 'Settings Commands:', commands: [label, annotate, completion] },
]

const OTHERS = [config, plugin, version, apiVersions, apiResources, kuberc]

/** Every command there is: where words are looked up, and what the overview shows. */
export interface CommandTree {
  readonly root: Command
  readonly groups: readonly CommandGroup[]
}

/** The tree of these groups and of the commands that belong to none. */
export function commandTree(groups: readonly CommandGroup[]): CommandTree {
  const others = [...OTHERS].sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    root: {
      name: 'kubectl',
      short: 'kubectl controls the Kubernetes cluster manager',
      commands: [...groups.flatMap(({ commands }) => commands), ...OTHERS, options, help],
    },
    groups: [
      ...groups,
      { title: 'Subcommands provided by plugins:', commands: [] },
      { title: 'Other Commands:', commands: others },
    ],
  }
}

export const COMMANDS: CommandTree = commandTree(GROUPS)
