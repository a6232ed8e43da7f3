import type { ResolvedTool } from '../model/resolved-tool.ts';
import { type Diagnostic, FILE_START, type Position } from './diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ToolSources } from './source-file.ts';

/** A tool without errors of its own, and the files that it came from. */
export interface FleetTool {
  readonly tool: ResolvedTool;
  readonly sources: ToolSources;
}

/**
 * What no two tools may share: their user id, by which storage tells them apart. Of tools that clash, all but the first
 * by name get an error. Hosts cannot clash, since a tool's host is its name below the domain.
 */
export function checkFleet(tools: readonly FleetTool[]): readonly Diagnostic[] {
  const firsts = new Map<number, FleetTool>();
  const diagnostics: Diagnostic[] = [];
  for (const each of [...tools].sort(byName)) {
    const first = firsts.get(each.tool.uid);
    if (first === undefined) firsts.set(each.tool.uid, each);
    else diagnostics.push(sharedUid(each, first));
  }
  return diagnostics;
}

function byName(a: FleetTool, b: FleetTool): number {
  return a.tool.name < b.tool.name ? -1 : a.tool.name > b.tool.name ? 1 : 0;
}

function sharedUid({ tool, sources }: FleetTool, { tool: first }: FleetTool): Diagnostic {
  return {
    ...placeOfUid(sources),
    severity: 'error',
    code: 'TFG402',
    message: `tool \`${tool.name}\` has the user id ${tool.uid}, and so has \`${first.name}\``,
    suggestion: 'give one of them another `uid` in its tenant.yaml',
  };
}

/** In tenant.yaml where it is set there; a derived one stands nowhere. */
function placeOfUid({ tenant, spec }: ToolSources): Position & { file: string; path: string } {
  const parsed = tenant && parseYaml(tenant);
  if (parsed?.written(['uid']) === undefined) return { file: spec.file, ...FILE_START, path: '' };
  return { file: parsed.file, ...parsed.locate(['uid']), path: 'uid' };
}
