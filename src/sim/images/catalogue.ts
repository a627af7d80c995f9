// What the lab's registry offers, as data: one row per repository. Sizes and digests are those of
// the reference recordings where they show one, otherwise believable and stable.

import type { ImageConfig } from '../../container/image.ts'

export interface CatalogueImage extends ImageConfig {
  /** `docker.io/library/perl`. */
  repository: string
  /** Whom its program runs as, a number or a name; root unless given. */
  user?: string
  /** Compressed size, as the Pulled event reports it. */
  sizeBytes: number
  /** Exact tags; without it, any tag that looks like a version or a well-known name. */
  tags?: string[]
  /** Digests of known tags; other tags get a stable made-up one. */
  digests?: Record<string, string>
}

const AGENT_SIZE = 5_242_880

function official(
  name: string,
  sizeBytes: number,
  rest: Omit<CatalogueImage, 'repository' | 'sizeBytes'>,
): CatalogueImage {
  return { repository: `docker.io/library/${name}`, sizeBytes, ...rest }
}

const NONE = { entrypoint: [] }
const DOCKER_ENTRY = ['docker-entrypoint.sh']

/** The images; a session may declare further names, which then idle like `agent`. */
export const CATALOGUE: readonly CatalogueImage[] = [
  official('busybox', 2_223_659, {
    ...NONE,
    cmd: ['sh'],
    tools: 'busybox',
    digests: { latest: 'd499aa4a432e5496e1764355e333f1191e4e6100b57650f42031d64b04834315' },
  }),
  official('perl', 374_126_592, {
    ...NONE,
    cmd: ['perl', '-de0'],
    tools: 'gnu',
    programs: ['perl'],
    workingDir: '/usr/src/app',
    digests: { latest: 'b1640929ddd6863f43f572e4a44d48615bead3a12452b1b890acba85d1c1affa' },
  }),
  official('agent', AGENT_SIZE, {
    ...NONE,
    cmd: ['agent'],
    tools: 'busybox',
    programs: ['agent'],
    tags: ['v1', 'v2'],
    digests: {
      v1: '006e431d47ba87266bf9992cdc7a7b13aa403653d5aa0018a7bf384aa9df0b02',
      v2: '5dff74433bc78cb649ebb7c3463a769fedd1a2402802bb543f058e89f4f40aa8',
    },
  }),
  {
    repository: 'quay.io/fluentd_elasticsearch/fluentd',
    sizeBytes: 43_019_476,
    entrypoint: ['/entrypoint.sh'],
    cmd: [],
    tools: 'gnu',
    programs: ['fluentd', 'entrypoint.sh'],
    digests: { 'v2.5.2': '0bcaa9cd027d4c1ec997abd38976fb2cc6cd3e86ea5617e43ac31f54ab123575' },
  },
  official('nginx', 72_324_501, {
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['nginx', '-g', 'daemon off;'],
    tools: 'gnu',
    programs: ['nginx', 'docker-entrypoint.sh'],
  }),
  official('alpine', 3_807_614, { ...NONE, cmd: ['/bin/sh'], tools: 'busybox' }),
  official('debian', 48_494_380, { ...NONE, cmd: ['bash'], tools: 'gnu' }),
  official('ubuntu', 29_727_061, { ...NONE, cmd: ['/bin/bash'], tools: 'gnu' }),
  official('bash', 6_581_022, {
    entrypoint: DOCKER_ENTRY,
    cmd: ['bash'],
    tools: 'busybox',
    programs: ['bash', 'docker-entrypoint.sh'],
  }),
  official('hello-world', 10_072, { ...NONE, cmd: ['/hello'], tools: 'none', programs: ['hello'] }),
  official('redis', 52_511_874, {
    entrypoint: DOCKER_ENTRY,
    cmd: ['redis-server'],
    tools: 'gnu',
    programs: ['redis-server', 'docker-entrypoint.sh'],
    workingDir: '/data',
  }),
  official('httpd', 45_241_309, {
    ...NONE,
    cmd: ['httpd-foreground'],
    tools: 'gnu',
    programs: ['httpd-foreground'],
    workingDir: '/usr/local/apache2',
  }),
  official('postgres', 162_904_716, {
    entrypoint: DOCKER_ENTRY,
    cmd: ['postgres'],
    tools: 'gnu',
    programs: ['postgres', 'docker-entrypoint.sh'],
  }),
  official('python', 412_518_047, {
    ...NONE,
    cmd: ['python3'],
    tools: 'gnu',
    programs: ['python3', 'python'],
  }),
  {
    repository: 'registry.k8s.io/pause',
    user: '65535',
    sizeBytes: 320_448,
    entrypoint: ['/pause'],
    cmd: [],
    tools: 'none',
    programs: ['pause'],
  },
  {
    repository: 'docker.io/fluent/fluentd',
    sizeBytes: 22_419_207,
    entrypoint: ['tini', '--', '/bin/entrypoint.sh'],
    cmd: ['fluentd'],
    tools: 'busybox',
    programs: ['tini', 'fluentd', 'entrypoint.sh'],
  },
  {
    repository: 'docker.io/prom/node-exporter',
    user: 'nobody',
    sizeBytes: 13_081_551,
    entrypoint: ['/bin/node_exporter'],
    cmd: [],
    tools: 'busybox',
    programs: ['node_exporter'],
  },
]

/** What a name that only a session declares runs: nothing to say, ends on TERM. */
export const DECLARED_IMAGE: Omit<CatalogueImage, 'repository'> = {
  sizeBytes: AGENT_SIZE,
  entrypoint: [],
  cmd: ['agent'],
  tools: 'busybox',
  programs: ['agent'],
}
