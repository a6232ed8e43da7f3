import { k8s } from 'cdk8s-plus-27';
import { launched } from './command.ts';
import { written } from './written.ts';

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
  return { livenessProbe: probe(action, 3, 10), startupProbe: probe(action, 120, 1) };
}

function probe(
  { exec, httpGet, tcpSocket }: Action,
  failureThreshold: number,
  periodSeconds: number,
): k8s.Probe {
  return written<k8s.Probe>({ exec, failureThreshold, httpGet, periodSeconds, tcpSocket, timeoutSeconds: 5 });
}

type Action = Pick<k8s.Probe, 'exec' | 'httpGet' | 'tcpSocket'>;

function actionOf(check: HealthCheck, launcher: boolean): Action {
  switch (check.kind) {
    case 'http':
      return { httpGet: { path: check.path, port: k8s.IntOrString.fromNumber(check.port) } };
    case 'script':
      return { exec: { command: launched(check.words, launcher) } };
    case 'tcp':
      return { tcpSocket: { port: k8s.IntOrString.fromNumber(check.port) } };
  }
}
