import type { JsonObject } from '../model/json.ts';
import type { Draft } from './diagnostic.ts';
import { diagnosticAt, type Finding } from './finding.ts';
import type { ParsedFile } from './source-file.ts';
import { isSet, mapAt } from './value-at.ts';

const SOURCES = ['repository', 'reuse_from', 'image'] as const;
/** Keys that mean something only for a build from a repository. */
const OF_REPOSITORY = ['ref', 'use_latest_versions', 'use_deprecated_versions', 'builder'] as const;

/** A build has exactly one source. Looks at the file itself, so that another mistake in a build hides none of these. */
export function buildMistakes(parsed: ParsedFile): readonly Draft[] {
  const components = mapAt(parsed.value, ['components']) ?? {};
  return Object.keys(components).flatMap((name) => {
    const build = mapAt(parsed.value, ['components', name, 'build']);
    if (build === undefined) return [];
    return findings(build).map(({ key, lacks, ...finding }) => {
      const place = ['components', name, 'build'];
      const missing = lacks && { lacks: lacks.map((each) => [...place, each]) };
      const path = key === undefined ? place : [...place, key];
      return diagnosticAt(parsed, path, { at: 'key', ...finding, ...missing });
    });
  });
}

type Found = Omit<Finding, 'lacks'> & { readonly key?: string; readonly lacks?: readonly string[] };

function findings(build: JsonObject): readonly Found[] {
  const sources = SOURCES.filter((key) => isSet(build, key));
  const [first, ...others] = sources;
  if (first === undefined) {
    const message = 'build says nowhere where the image comes from';
    const suggestion = 'set `repository` and `ref`, or `reuse_from`, or `image`';
    return [{ code: 'TFG110', message, suggestion, lacks: SOURCES }];
  }
  const found: Found[] = others.map((key) => ({
    key,
    code: 'TFG110',
    message: `\`${key}\` and \`${first}\` exclude each other`,
    suggestion: 'keep one of them',
  }));
  const needless = first === 'repository' ? [] : OF_REPOSITORY.filter((key) => isSet(build, key));
  found.push(...needless.map((key) => alone(key, first)));
  if (first === 'repository' && !isSet(build, 'ref')) found.push(MISSING_REF);
  return found;
}

const MISSING_REF: Found = {
  code: 'TFG101',
  message: '`ref` is missing: which branch, tag or commit is built?',
  lacks: ['ref'],
  suggestion: 'add `ref: HEAD` for the default branch',
};

function alone(key: string, source: string): Found {
  return {
    key,
    code: 'TFG110',
    message: `\`${key}\` goes with \`repository\`, not with \`${source}\``,
    suggestion: `remove \`${key}\``,
  };
}
