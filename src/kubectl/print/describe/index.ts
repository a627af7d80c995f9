// One object or several as `kubectl describe` prints them: by the record of the kind.
import type { KubeObject } from '../../../sim/api-types/meta.ts'
import { kubectlKind } from '../../kinds/index.ts'
import type { DescribeContext } from './context.ts'
import { describeGeneric } from './generic.ts'

/** One object as `kubectl describe` prints it; ends with a newline. */
export function describeObject(object: KubeObject, context: DescribeContext): string {
  return (kubectlKind(object.kind)?.describe ?? describeGeneric)(object, context)
}

/** Several objects: two empty lines between them. */
export function describeObjects(objects: readonly KubeObject[], context: DescribeContext): string {
  return objects.map((object) => describeObject(object, context)).join('\n\n')
}
