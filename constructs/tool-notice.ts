import type { Hold } from '../src/model/images-file.ts';
import type { ResolvedComponent } from '../src/model/resolved-tool.ts';
import type { Notice } from './argo-application.ts';

/** What Argo CD shows of a banner. */
const CONTENT_MAX = 500;
const REASON_MAX = 120;

/**
 * Why a tool does not run its newest build: a hold, or a build that is still to come. Nothing that changes with a
 * deploy. Components that reuse another's build follow it, so they are not named.
 */
export function noticeOf(components: readonly ResolvedComponent[]): Notice | undefined {
  if (components.every(({ image }) => image !== undefined && image.hold === undefined)) return undefined;
  const builds = components.filter(({ name, buildOf }) => name === buildOf);
  const holds = builds.flatMap(({ name, image }) => (image?.hold ? [holdText(name, image.hold)] : []));
  const awaited = builds.filter(({ image }) => image === undefined).map(({ name }) => name);
  const lines = [
    ...holds,
    ...(awaited.length > 0 ? [`awaiting the first build: ${awaited.join(', ')}`] : []),
  ];
  if (lines.length === 0) return undefined;
  return {
    content: shorten(lines.join('; '), CONTENT_MAX),
    severity: holds.length > 0 ? 'warning' : 'info',
  };
}

function holdText(component: string, { by, reason, until }: Hold): string {
  const why = reason === undefined ? '' : `: ${shorten(oneLine(reason), REASON_MAX)}`;
  const end = until === undefined ? '' : ` (until ${oneLine(until)})`;
  return `${component} is held by ${shorten(oneLine(by), REASON_MAX)}${why}${end}`;
}

/** Without line ends and other control characters, runs of white space as one space. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{C}\u2028\u2029]+/gu, ' ').trim();
}

/** Cut between characters, never within one. */
function shorten(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
