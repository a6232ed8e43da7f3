import type { OutputPart } from '../model/layout.ts';
import type { Platform } from '../model/platform.ts';

/** What the rules for an object need to know of the tool whose it is, and of the file that it is in. */
export interface ToolRules {
  readonly tool: string;
  readonly namespace: string;
  /** Where the tool is served, its only host. */
  readonly host: string;
  readonly part: OutputPart;
  readonly platform: Pick<Platform, 'registry' | 'imageHosts' | 'routes' | 'argocd'>;
}
