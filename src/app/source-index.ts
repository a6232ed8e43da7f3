import { isMap } from '../model/json.ts';
import { CONFIG_DIR, toolFile } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import { isWithin } from '../model/repo-key.ts';
import type { Clock } from '../ports/clock.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { parseYaml } from '../spec/parse-yaml.ts';

/** Which tools' specs are kept in which repository. */
export interface SourceIndex {
  /** The tools with a `source_url` in one of the repositories, or built from one of them. */
  toolsOf(head: Snapshot, repositories: readonly string[]): Promise<readonly string[]>;
  /** A spec may have changed: look anew before the next answer. */
  forget(): void;
}

/** How old an index may be where nobody said that a spec changed (the webhook was lost); milliseconds. */
const MAX_AGE = 60_000;
const CHUNK = 500;

interface Sources {
  readonly tool: string;
  readonly addresses: readonly string[];
}

export function sourceIndex(clock: Clock): SourceIndex {
  let built: { at: number; commit: string; sources: Promise<readonly Sources[]> } | undefined;
  const current = (head: Snapshot): Promise<readonly Sources[]> => {
    const isFresh = built !== undefined && (built.commit === head.commit || clock.now() - built.at < MAX_AGE);
    if (built !== undefined && isFresh) return built.sources;
    const sources = readSources(head);
    built = { at: clock.now(), commit: head.commit, sources };
    sources.catch(() => {
      built = undefined;
    });
    return sources;
  };
  return {
    async toolsOf(head, repositories) {
      const sources = await current(head);
      return sources
        .filter(({ addresses }) =>
          addresses.some((address) => repositories.some((key) => isWithin(address, key))),
        )
        .map(({ tool }) => tool);
    },
    forget() {
      built = undefined;
    },
  };
}

async function readSources(head: Snapshot): Promise<readonly Sources[]> {
  const folders = await head.list(CONFIG_DIR);
  const tools = folders.map((entry) => entry.slice(0, -1)).filter(isToolName);
  const found: Sources[] = [];
  for (let start = 0; start < tools.length; start += CHUNK) {
    const chunk = tools.slice(start, start + CHUNK);
    const texts = await head.read(chunk.map((tool) => toolFile(tool, 'toolforge.yaml')));
    chunk.forEach((tool, index) => {
      const addresses = addressesIn(texts[index]);
      if (addresses.length > 0) found.push({ tool, addresses });
    });
  }
  return found;
}

/** Most specs are kept in the config repo itself: they are not even parsed. */
function addressesIn(text: string | undefined): readonly string[] {
  if (text === undefined || !text.includes('source_url')) return [];
  const { value } = parseYaml({ file: 'toolforge.yaml', text });
  const { source_url: url, components } = isMap(value) ? value : {};
  if (typeof url !== 'string') return [];
  const builds = isMap(components) ? Object.values(components) : [];
  const repositories = builds.map((component) =>
    isMap(component) && isMap(component.build) ? component.build.repository : undefined,
  );
  return [url, ...repositories.filter((repository) => typeof repository === 'string')];
}
