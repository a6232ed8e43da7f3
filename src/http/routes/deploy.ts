import type { z } from 'zod';
import { deploy } from '../../app/deploy.ts';
import type { Build } from '../../model/images-file.ts';
import { formatTime } from '../../model/time.ts';
import { type Api, BODY_LIMIT } from '../api.ts';
import { authorize } from '../authorize.ts';
import { parseJson, readBody, requireMediaType } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { deployAnswer, deployBody } from '../schemas.ts';

export function deployRoute(api: Api): Route {
  return {
    method: 'POST',
    path: '/v1/tools/{tool}/deploy',
    operationId: 'deploy',
    summary: 'Deploy a finished build',
    description:
      'Answers once the commit has landed. Sending the same build again is harmless: then nothing has to change.',
    security: 'deployToken',
    body: { content: { 'application/json': deployBody } },
    responses: { 200: { description: 'What came of each component.', schema: deployAnswer } },
    problems: [409, 413, 415, 422, 502],
    async handle(call) {
      const { tool, head } = await authorize(api, call);
      requireMediaType(call.request, ['application/json']);
      const body = parseJson(await readBody(call.request, BODY_LIMIT), deployBody);
      const images = Object.fromEntries(
        Object.entries(body.components).map(([component, { image }]) => [component, image]),
      );
      const request = { tool, images, build: buildOf(body) };
      const { outcome, commit, components } = await deploy(head, request, api.service);
      api.metrics.onOutcome('deploy', outcome);
      call.log.info('deployed', { tool, outcome, commit });
      return json({ outcome, commit, tool, components });
    },
  };
}

function buildOf({ source, built_at, build_url }: z.output<typeof deployBody>): Omit<Build, 'image'> {
  const { repository, ref, commit } = source ?? {};
  const from = {
    ...(repository !== undefined && { repository }),
    ...(ref !== undefined && { ref }),
    ...(commit !== undefined && { commit }),
  };
  return {
    ...(Object.keys(from).length > 0 && { source: from }),
    ...(built_at !== undefined && { built_at: formatTime(Date.parse(built_at)) }),
    ...(build_url !== undefined && { build_url }),
  };
}
