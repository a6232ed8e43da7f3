import { plainToolMessage } from '../change/commit-message.ts';
import { GitopsError } from '../errors.ts';
import type { Change } from '../model/change.ts';
import { toolFile } from '../model/layout.ts';
import type { Platform } from '../model/platform.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import type { SpecSource } from '../ports/spec-source.ts';
import { readToolFiles, requireValid, rerender, type ToolFiles } from './tool-edit.ts';

export interface PullDeps {
  openSpecSource(platform: Platform): SpecSource;
}

export interface PullEdit {
  run(head: Snapshot): Promise<Change | undefined>;
  /** What is fetched from, as in the spec; known once it ran. */
  source(): string | undefined;
}

/**
 * Fetches a tool's spec from its `source_url` into fetched.yaml and renders the tool anew. Nothing is written when the
 * fetched spec is in error (`invalid-spec`), may not be fetched (`refused`) or cannot be (`fetch-failed`).
 */
export function pullEdit(tool: string, deps: PullDeps): PullEdit {
  let url: string | undefined;
  let fetched: string | undefined;
  return {
    source: () => url,
    async run(head) {
      const files = await readToolFiles(head, tool);
      const source = requireSource(files);
      if (source !== url) fetched = undefined;
      url = source;
      fetched ??= await deps.openSpecSource(files.platform).fetch(source);
      return change(files, { source, text: fetched });
    },
  };
}

async function change(
  files: ToolFiles,
  { source, text }: { source: string; text: string },
): Promise<Change | undefined> {
  const { sources } = files;
  const file = toolFile(sources.name, 'fetched.yaml');
  if (sources.fetched?.text === text) return undefined;
  const rendered = await rerender(files, { ...sources, fetched: { file, text } });
  return {
    files: [{ path: file, text }, ...rendered],
    message: plainToolMessage(sources.name, 'fetch the spec', `From ${source}`),
  };
}

/** A spec that was fetched before plays no part: a pull must be able to mend a broken one. */
function requireSource(files: ToolFiles): string {
  const { name, sourceUrl } = requireValid(files, { ...files.sources, fetched: undefined });
  if (sourceUrl !== undefined) return sourceUrl;
  throw new GitopsError('refused', `tool "${name}" has no source_url`, {
    hint: 'its spec lives here, in the config repo; set source_url in its toolforge.yaml to fetch it from elsewhere',
  });
}
