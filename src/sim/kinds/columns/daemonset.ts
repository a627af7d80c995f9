// The columns of `kubectl get daemonsets`; source printers.go printDaemonSet.
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Column } from '../kind.ts'
import {
  ageColumn,
  column,
  containerColumns,
  formatLabels,
  formatSelector,
  nameColumn,
  wideColumn,
} from './format.ts'

export const daemonSetColumns: readonly Column[] = [
  nameColumn,
  column<DaemonSet>('Desired', ({ status }) => String(status.desiredNumberScheduled ?? 0)),
  column<DaemonSet>('Current', ({ status }) => String(status.currentNumberScheduled ?? 0)),
  column<DaemonSet>('Ready', ({ status }) => String(status.numberReady ?? 0)),
  column<DaemonSet>('Up-to-date', ({ status }) => String(status.updatedNumberScheduled ?? 0)),
  column<DaemonSet>('Available', ({ status }) => String(status.numberAvailable ?? 0)),
  column<DaemonSet>('Node Selector', ({ spec }) => formatLabels(spec.template.spec.nodeSelector)),
  ageColumn,
  ...containerColumns<DaemonSet>((daemonSet) => daemonSet.spec.template.spec.containers),
  wideColumn<DaemonSet>('Selector', (daemonSet) => formatSelector(daemonSet.spec.selector)),
]
