import type { HealthCheck, Port, ResolvedComponent } from '../model/resolved-tool.ts';
import { readSchedule } from '../model/schedule.ts';
import type { ComponentView } from './component-view.ts';
import type { RunSpec } from './toolforge-schema.ts';

interface RunOptions {
  readonly tool: string;
  /** Splits a command line. */
  readonly words: (text: string) => readonly string[];
}

/** How a component runs, by its kind, defaults filled in. */
export function resolveRun(
  { name, kind, run }: ComponentView,
  options: RunOptions,
): ResolvedComponent['run'] {
  const job = { retry: run.retry ?? 0, timeout: run.timeout === 0 ? undefined : run.timeout };
  switch (kind) {
    case 'continuous': {
      const port = portOf(run);
      const healthCheck = healthCheckOf(run, port, options);
      return { type: kind, replicas: run.replicas ?? 1, port, publish: run.publish, healthCheck };
    }
    case 'scheduled': {
      const scheduleText = run.schedule ?? '';
      const read = readSchedule(scheduleText, { tool: options.tool, component: name });
      return { type: kind, schedule: 'cron' in read ? read.cron : '', scheduleText, ...job };
    }
    case 'one-off':
      return { type: kind, onDeploy: run.on_deploy ?? false, ...job };
  }
}

function portOf({ port, port_protocol }: RunSpec): Port | undefined {
  return port === undefined ? undefined : { number: port, protocol: port_protocol === 'udp' ? 'UDP' : 'TCP' };
}

/** What the spec names, else whether its TCP port answers. */
function healthCheckOf(run: RunSpec, port: Port | undefined, { words }: RunOptions): HealthCheck | undefined {
  const { health_check_script: script, health_check_http: path } = run;
  if (script !== undefined) return { kind: 'script', words: words(script) };
  if (port?.protocol !== 'TCP') return undefined;
  return path === undefined ? { kind: 'tcp', port: port.number } : { kind: 'http', path, port: port.number };
}
