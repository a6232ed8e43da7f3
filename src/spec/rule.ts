import type { ContainerLimits, Quota } from '../model/limits.ts';
import type { Platform } from '../model/platform.ts';
import type { ComponentView } from './component-view.ts';
import type { PlacedFinding } from './finding.ts';

/** What a rule sees: the components whose form is right, and what the platform grants the tool. */
export interface RuleContext {
  readonly tool: string;
  readonly components: readonly ComponentView[];
  readonly byName: ReadonlyMap<string, ComponentView>;
  /** Names of components that are there but whose form is wrong. */
  readonly broken: ReadonlySet<string>;
  readonly platform: Platform;
  readonly quota: Quota;
  readonly limits: ContainerLimits;
  /** A file by itself, outside a config repo: what is a matter of quota may be granted where it is going to. */
  readonly lone: boolean;
}

/** Takes what a rule finds; paths begin at the top of the spec. */
export type Report = (finding: PlacedFinding) => void;

/** One check across fields. */
export type Rule = (context: RuleContext, report: Report) => void;

/** Path of a key of a component's `run`. */
export function runPath(component: string, key: string): readonly string[] {
  return ['components', component, 'run', key];
}
