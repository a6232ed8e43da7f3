import { k8s } from 'cdk8s-plus-27';
import { launched } from './command.ts';

/** How Kubernetes asks whether a component is well. */
export type HealthCheck =
  | { readonly kind: 'http'; readonly path: string; readonly port: number }
  | { readonly kind: 'script'; readonly words: readonly string[] }
  | { readonly kind: 'tcp'; readonly port: number };

/** Two minutes to start (120 tries, a second apart), then a look every ten seconds; three misses restart it. */
export function probesOf(
  check: HealthCheck | undefined,
  launcher: boolean,
): Pick<k8s.Container, 'startupProbe' | 'livenessProbe'> {
  if (check === undefined) return {};
  const action = actionOf(check, launcher);
  return {
    startupProbe: { ...action, periodSeconds: 1, failureThreshold: 120, timeoutSeconds: 5 },
    livenessProbe: { ...action, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 },
  };
}

function actionOf(check: HealthCheck, launcher: boolean): k8s.Probe {
  switch (check.kind) {
    case 'http':
      return { httpGet: { path: check.path, port: k8s.IntOrString.fromNumber(check.port) } };
    case 'script':
      return { exec: { command: launched(check.words, launcher) } };
    case 'tcp':
      return { tcpSocket: { port: k8s.IntOrString.fromNumber(check.port) } };
  }
}
