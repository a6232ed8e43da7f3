import { Construct } from 'constructs';
import { namespaceOf } from '../src/model/names.ts';
import { shared } from '../src/model/shared.ts';
import { ArgoApplication, type ArgoSource, type Notice } from './argo-application.ts';
import { ArgoProject, type GroupKind } from './argo-project.ts';
import { keepUnless } from './keep.ts';
import type { Link } from './links.ts';

export interface ToolArgoProps {
  readonly tool: string;
  /** Namespace that Argo CD runs in. */
  readonly namespace: string;
  /** API server that the tool runs on, as Argo CD names it. */
  readonly server: string;
  /** The tool's folder of workloads. */
  readonly source: ArgoSource;
  /** Groups of the sign-on whose members maintain the tool. */
  readonly maintainerGroups: readonly string[];
  /** How the tool is reached from outside. */
  readonly routes: 'ingress' | 'gateway';
  readonly links?: readonly Link[] | undefined;
  readonly notice?: Notice | undefined;
  /** On its way out: its objects may be pruned and its last workload removed. */
  readonly retired?: boolean | undefined;
}

/** Kinds in a tool's folder, and their children, which the UI hides unless the project lists them. */
const WORKLOAD_KINDS = [
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'ReplicaSet' },
  { group: '', kind: 'Pod' },
  { group: '', kind: 'Service' },
  { group: 'batch', kind: 'CronJob' },
  { group: 'batch', kind: 'Job' },
];
const KINDS: Readonly<Record<ToolArgoProps['routes'], readonly GroupKind[]>> = {
  gateway: shared([...WORKLOAD_KINDS, { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }]),
  ingress: shared([...WORKLOAD_KINDS, { group: 'networking.k8s.io', kind: 'Ingress' }]),
};
const MAINTAINERS_MAY = [
  'applications, get',
  'applications, sync',
  'applications, action/batch/CronJob/create-job',
  'logs, get',
];

/** A tool in Argo CD: the project that keeps it in its namespace, and the Application that applies its workloads. */
export class ToolArgo extends Construct {
  constructor(scope: Construct, id: string, props: ToolArgoProps) {
    super(scope, id);
    const { tool, namespace, server, source, maintainerGroups, links, notice, retired = false } = props;
    const name = namespaceOf(tool);
    const annotations = keepUnless(retired);
    const destination = { namespace: name, server };
    new ArgoProject(this, 'Project', {
      annotations,
      destinations: [destination],
      name,
      namespace,
      namespaceKinds: KINDS[props.routes],
      roles: [{ allow: MAINTAINERS_MAY, groups: maintainerGroups, name: 'maintainers' }],
      sourceRepos: [source.repoUrl],
    });
    new ArgoApplication(this, 'Application', {
      allowEmpty: retired,
      annotations,
      destination,
      failOnSharedResource: true,
      info: [{ name: 'Maintainers', value: maintainerGroups.join(', ') }],
      links,
      name,
      namespace,
      notice,
      project: name,
      source,
      syncWave: 1,
    });
  }
}
