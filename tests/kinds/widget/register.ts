// Adds the Widget to each layer: one registration a layer, before anything of them runs.
import { registerKind } from '../../../src/sim/kinds/index.ts'
import { registerKubectlKind } from '../../../src/kubectl/kinds/index.ts'
import { registerUiKind } from '../../../src/ui/kinds/index.ts'
import { registerWorkerKind } from '../../../src/worker/kinds/index.ts'
import { widget as onKubectl } from './kubectl.ts'
import { widget as onPage } from './page.ts'
import { widget as onServer } from './server.ts'
import { widget as inWorker } from './worker.ts'

registerKind(onServer)
registerKubectlKind(onKubectl)
registerWorkerKind(inWorker)
registerUiKind(onPage)
