import { oneLine } from '../model/commit-message.ts';
import type { Build, BuildSource } from '../model/images-file.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { isWebUrl } from '../model/web-url.ts';
import { withoutCredentials } from '../model/without-credentials.ts';

const TEXT_MAX = 1000;

/**
 * A build alone, in the order of images.yaml, without what an entry has beside it. What a report says beyond the image
 * serves people only: a part that images.yaml could not hold is left out, and credentials in an address always are.
 */
export function plainBuild({ image, source, built_at, build_url }: Build): Build {
  const [from, time, url] = [plainSource(source), plainTime(built_at), plainUrl(build_url)];
  return {
    image,
    ...(from !== undefined && { source: from }),
    ...(time !== undefined && { built_at: time }),
    ...(url !== undefined && { build_url: url }),
  };
}

function plainSource(source: BuildSource | undefined): BuildSource | undefined {
  const [repository, ref, commit] = [source?.repository, source?.ref, source?.commit].map(plainText);
  if (repository === undefined && ref === undefined && commit === undefined) return undefined;
  return {
    ...(repository !== undefined && { repository }),
    ...(ref !== undefined && { ref }),
    ...(commit !== undefined && { commit }),
  };
}

function plainText(text: string | undefined): string | undefined {
  const line = withoutCredentials(oneLine(text ?? ''));
  return line === '' || line.length > TEXT_MAX ? undefined : line;
}

function plainUrl(text: string | undefined): string | undefined {
  const url = plainText(text);
  return url !== undefined && isWebUrl(url) ? url : undefined;
}

function plainTime(text: string | undefined): string | undefined {
  const time = parseTime(text ?? '');
  return time === undefined ? undefined : formatTime(time);
}
