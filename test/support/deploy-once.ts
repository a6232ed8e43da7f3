import { tokenOf } from './fleet-files.ts';
import type { RegistryStandIn } from './registry-stand-in.ts';

/** What became of a deploy. */
export interface Answer {
  readonly tool: string;
  /** `undefined` when the connection broke. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** The code and detail of an answer that is a problem. */
  readonly problem: string;
}

/** Pushes a build of the tool and deploys it. */
export async function deployOnce(
  url: string,
  tool: string,
  { registry, salt }: { readonly registry: RegistryStandIn; readonly salt: string },
): Promise<Answer> {
  const digest = registry.push(`tool-${tool}/web`, 'latest', salt);
  const from = performance.now();
  const done = (status: number | undefined, problem = ''): Answer => ({
    tool,
    status,
    milliseconds: performance.now() - from,
    problem,
  });
  try {
    const response = await fetch(`${url}/v1/tools/${tool}/deploy`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(tool).token}` },
      body: JSON.stringify({
        components: { web: { image: digest } },
        source: { repository: `https://git.example.org/tools/${tool}`, ref: 'main', commit: '4f2c1ab' },
      }),
    });
    const { code, detail } = (await response.json()) as { code?: string; detail?: string };
    return done(response.status, response.status === 200 ? '' : `${code}: ${detail}`);
  } catch {
    return done(undefined);
  }
}
