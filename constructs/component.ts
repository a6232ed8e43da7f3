import { Construct } from 'constructs';
import type { ResolvedComponent, ResolvedImage, ResolvedTool } from '../src/model/resolved-tool.ts';
import { buildLinks } from './build-links.ts';
import { ComponentService } from './component-service.ts';
import { Continuous } from './continuous.ts';
import { hostOf } from './host.ts';
import { OneOff } from './one-off.ts';
import { Scheduled } from './scheduled.ts';
import { WebRoute } from './web-route.ts';
import type { WorkloadProps } from './workload-props.ts';

export interface ComponentProps {
  /** The tool that it belongs to. */
  readonly tool: ResolvedTool;
  readonly component: ResolvedComponent;
  /** What it runs: a component that was never built has nothing to run. */
  readonly image: ResolvedImage;
}

/** A component of a tool: its workload, and the Service and route that its port calls for. */
export class Component extends Construct {
  constructor(scope: Construct, id: string, props: ComponentProps) {
    super(scope, id);
    const { run } = props.component;
    // Added to the fresh object: to spread so many fields into another takes V8 several times as long.
    const workload = workloadProps(props);
    switch (run.type) {
      case 'continuous':
        new Continuous(this, 'Workload', Object.assign(workload, run, { port: run.port?.number }));
        this.addNetwork(props);
        break;
      case 'scheduled':
        new Scheduled(this, 'Workload', Object.assign(workload, run));
        break;
      case 'one-off':
        new OneOff(this, 'Workload', Object.assign(workload, run));
        break;
    }
  }

  private addNetwork({ tool, component: { name, run } }: ComponentProps): void {
    if (run.type !== 'continuous' || run.port === undefined) return;
    const { number: port, protocol } = run.port;
    new ComponentService(this, 'Service', { component: name, port, protocol, tool: tool.name });
    if (run.publish === undefined) return;
    new WebRoute(this, 'Route', {
      component: name,
      host: hostOf(tool),
      port,
      tool: tool.name,
      via: tool.platform.routes,
    });
  }
}

function workloadProps({ tool, component, image }: ComponentProps): WorkloadProps {
  const { claim, root } = tool.platform.storage;
  const { name, command, env, cpu, memory, emails, mount, filelog } = component;
  return {
    tool: tool.name,
    component: name,
    uid: tool.uid,
    image: image.ref,
    launcher: image.built,
    links: buildLinks(image.build),
    home: mount === 'all' ? { claim, path: `${root}/${tool.name}` } : undefined,
    command,
    env,
    cpu,
    memory,
    emails,
    filelog,
  };
}
