import { GitopsError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { checkToolFiles, textsOf } from './check-tool-files.ts';
import { type CiHost, type ReadTemplate, toolWorkflow, type Workflow } from './ci-templates.ts';
import { InvalidSpecError } from './invalid-spec-error.ts';
import { loadPlatform } from './load-platform.ts';
import type { Tree } from './tree.ts';
import { namesIn } from './validate.ts';

export interface WorkflowRequest {
  readonly tool: string;
  /** The only one that is built, where none is named. */
  readonly component: string | undefined;
  readonly host: CiHost;
  /** Branch whose pushes are built. */
  readonly branch: string;
  readonly cliImage: string;
}

/** The CI workflow of a tool's repo, filled in from its spec and platform.yaml. Throws `usage`, `invalid-spec`. */
export async function workflowFor(
  tree: Tree,
  { tool: name, component, host, branch, cliImage }: WorkflowRequest,
  read: ReadTemplate,
): Promise<Workflow> {
  await namesIn(tree, [name]);
  const { tool, diagnostics, sources } = await checkToolFiles(tree, name, await loadPlatform(tree));
  if (tool === undefined) throw new InvalidSpecError(name, diagnostics, new Map(textsOf(sources)));
  const { platform } = tool;
  const built = builtComponent(tool, component);
  return toolWorkflow(read, host, {
    branch,
    cliImage,
    tool: name,
    component: built.name,
    registry: platform.registry.host,
    builder: platform.builders[built.builder]?.image ?? built.builder,
    configRepo: platform.configRepo.url,
    service: platform.service.url,
  });
}

function builtComponent({ name, components }: ResolvedTool, asked: string | undefined) {
  const built = components.flatMap((component) =>
    component.builder !== undefined && component.buildOf === component.name
      ? [{ name: component.name as string, builder: component.builder }]
      : [],
  );
  const names = built.map((component) => component.name);
  const [first, ...more] = built;
  if (asked === undefined && first !== undefined && more.length === 0) return first;
  const found = built.find((component) => component.name === asked);
  if (found !== undefined) return found;
  if (first === undefined) throw new GitopsError('usage', `tool "${name}" builds nothing`);
  const near = asked === undefined ? undefined : nearest(asked, names);
  throw new GitopsError(
    'usage',
    asked === undefined ? 'which component?' : `tool "${name}" builds no component "${asked}"`,
    {
      hint: near === undefined ? `it builds ${names.join(', ')}` : `did you mean "${near}"?`,
    },
  );
}
