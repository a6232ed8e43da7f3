import { giteaConfigRepo } from '../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../src/adapters/gitea/gitea-url.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { land } from '../../src/app/land.ts';
import { bumpLike, PATIENT } from './bump-like.ts';

/** Bumps tools at once, as a process of its own: `node gitea-writer.mjs URL BRANCH TOOL=IMAGE…`, token in the environment. */
async function main([url = '', branch = '', ...bumps]: readonly string[]): Promise<void> {
  await Promise.all(
    bumps.map(async (bump) => {
      const [tool = '', image = ''] = bump.split('=');
      const token = process.env.WRITER_TOKEN;
      const repo = giteaConfigRepo({
        address: parseGiteaUrl(url),
        branch,
        token,
        clock: systemClock,
        limits: PATIENT,
      });
      const identity = { name: 'deploy bot', email: 'bot@example.org' };
      const patience = Number(process.env.WRITER_PATIENCE);
      const { made, attempts } = await land(repo, bumpLike(tool, image), {
        clock: systemClock,
        identity,
        patience,
      });
      process.stdout.write(`${JSON.stringify({ tool, made, attempts })}\n`);
    }),
  );
}

await main(process.argv.slice(2));
