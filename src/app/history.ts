import { type HistoryEntry, history } from '../change/history.ts';
import { toolDir } from '../model/layout.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import { checkImages } from '../spec/check-images.ts';
import { readToolFiles } from './tool-edit.ts';

/** Who deployed what and when, newest first: from images.yaml and the newest commits that touched the tool. */
export async function toolHistory(
  repo: ConfigRepo,
  tool: string,
  limit: number,
): Promise<readonly HistoryEntry[]> {
  const { sources } = await readToolFiles(await repo.head(), tool);
  const { images } = checkImages(sources.images);
  const commits = await repo.log(toolDir(tool), limit);
  return history(tool, { images: images ?? { components: {} }, commits }).slice(0, limit);
}
