/** Whose an object of a tool's namespace is. */
export interface Owner {
  /** Name of the tool; its objects live in the namespace `tool-<tool>`. */
  readonly tool: string;
  /** Name of the component, which is the name of its objects as well. */
  readonly component: string;
}

/** Value of the label `app.kubernetes.io/component`: what kind of workload the component is. */
export type WorkloadKind = 'deployments' | 'cronjobs' | 'jobs';

/** Labels that find a component's pods. They never change while the component lives: a selector is immutable. */
export function selectorOf({ tool, component }: Owner): Record<string, string> {
  return {
    'app.kubernetes.io/created-by': tool,
    'app.kubernetes.io/name': component,
    toolforge: 'tool',
  };
}

/** Labels of every object of a component. */
export function labelsOf({ tool, component }: Owner, kind: WorkloadKind): Record<string, string> {
  return {
    'app.kubernetes.io/component': kind,
    'app.kubernetes.io/created-by': tool,
    'app.kubernetes.io/name': component,
    'app.kubernetes.io/version': '2',
    toolforge: 'tool',
  };
}
