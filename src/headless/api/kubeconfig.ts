// The kubeconfig for a cluster that the API server serves: one context, no credentials.
import { CONTEXT_NAME } from '../../kubectl/config.ts'

/** Its text, for a server at this address. The client for Node speaks plain HTTP only to the trusting. */
export function kubeconfigOf(url: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: CONTEXT_NAME, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: CONTEXT_NAME, user: {} }],
    contexts: [{ name: CONTEXT_NAME, context: { cluster: CONTEXT_NAME, user: CONTEXT_NAME } }],
    'current-context': CONTEXT_NAME,
  }
  return JSON.stringify(config, undefined, 2)
}
