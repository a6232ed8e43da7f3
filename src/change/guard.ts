import { GitopsError } from '../errors.ts';
import { grouped } from '../model/blast-radius.ts';
import type { Diff } from '../model/diff.ts';
import type { Manifest } from '../model/manifest.ts';
import { ownerOf } from './owner-of.ts';

export interface GuardLimits {
  /** Tools that were retired before this change: their deletion was announced. */
  readonly retired: ReadonlySet<string>;
  /** Tools named by whoever asked for the change. */
  readonly allowDelete: ReadonlySet<string>;
  /** platform.yaml's `maxDeletedFiles`. */
  readonly maxDeletedFiles: number;
}

const NAMED_MAX = 10;

/** Why a change deletes more than anybody asked for; `undefined` when it may go ahead. */
export function guardDeletions(diff: Diff, limits: GuardLimits): GitopsError | undefined {
  const { retired, allowDelete, maxDeletedFiles } = limits;
  const tools = diff.tools.deleted.filter((tool) => !retired.has(tool) && !allowDelete.has(tool));
  if (tools.length > 0) {
    return new GitopsError('refused', `the change deletes ${deletedTools(tools)}`, {
      hint:
        'retire a tool first (`retired: true` in its tenant.yaml, published), then remove its folder; ' +
        `or allow it: ${tools
          .slice(0, NAMED_MAX)
          .map((tool) => `--allow-delete ${tool}`)
          .join(' ')}`,
    });
  }
  const files = deletedFiles(diff).filter(({ tool }) => !allowDelete.has(tool));
  if (files.length <= maxDeletedFiles) return undefined;
  const owners = [...new Set(files.map(({ tool }) => tool).filter((tool) => tool !== ''))].sort();
  return new GitopsError(
    'refused',
    `the change deletes ${grouped(files.length)} files, more than the platform's limit of ${grouped(maxDeletedFiles)}` +
      `${owners.length === 0 ? '' : ` (of ${named(owners)})`}`,
    {
      hint: 'if that is meant, name the tools with --allow-delete TOOL or raise maxDeletedFiles in platform.yaml',
    },
  );
}

/**
 * Whether a tool's rendered platform objects may be pruned, so that removing their files was announced: those of a tool
 * that is not retired carry `Prune=false`, and the live object's annotation is what Argo CD goes by.
 */
export function mayBePruned(objects: readonly Manifest[]): boolean {
  return objects.every(({ metadata }) => {
    const annotations = metadata.annotations as Readonly<Record<string, unknown>> | undefined;
    const options = annotations?.['argocd.argoproj.io/sync-options'];
    return (
      typeof options !== 'string' || !options.split(',').some((option) => option.trim() === 'Prune=false')
    );
  });
}

/** A platform file that is deleted in one shard and added in another has moved. */
function deletedFiles({ files }: Diff): readonly { tool: string }[] {
  const added = new Set(files.filter(isPlatformAddition).map(({ path }) => ownerOf(path).tool));
  return files
    .filter(({ change }) => change === 'delete')
    .map(({ path }) => ownerOf(path))
    .filter(({ tool, component }) => !(tool !== '' && component === '' && added.has(tool)));
}

function isPlatformAddition({ path, change }: Diff['files'][number]): boolean {
  return change === 'add' && ownerOf(path).component === '';
}

function deletedTools(tools: readonly string[]): string {
  return tools.length === 1
    ? `tool ${tools[0]}, which is not retired`
    : `${grouped(tools.length)} tools that are not retired: ${named(tools)}`;
}

function named(tools: readonly string[]): string {
  const more = tools.length > NAMED_MAX ? ` and ${grouped(tools.length - NAMED_MAX)} more` : '';
  return `${tools.slice(0, NAMED_MAX).join(', ')}${more}`;
}
