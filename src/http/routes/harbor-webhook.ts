import { pushedImage } from '../../app/pushed-image.ts';
import { GitopsError } from '../../errors.ts';
import { type Api, WEBHOOK_LIMIT } from '../api.ts';
import { parseJson, readBody } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { acceptedAnswer } from '../schemas.ts';
import { isSecret } from '../signature.ts';
import { harborEvent } from '../webhook-schemas.ts';
import { tooMuch } from './gitea-webhook.ts';

export function harborWebhookRoute(api: Api): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/harbor',
    operationId: 'harborWebhook',
    summary: 'An image was pushed to the registry',
    description:
      'Answers once the delivery is checked and taken on. What it says is not believed: the registry is asked which digest ' +
      'the platform’s tags name now, and that is deployed.',
    security: 'harborAuthorization',
    body: { content: { 'application/json': harborEvent } },
    responses: {
      202: { description: 'Taken on, or nothing that concerns the service.', schema: acceptedAnswer },
    },
    problems: [413],
    async handle({ request, log }) {
      if (!isSecret(request.headers.get('authorization') ?? undefined, api.secrets.harbor)) {
        api.metrics.onWebhook('harbor', 'unauthorized');
        throw new GitopsError('unauthorized', 'the Authorization header is not the one agreed on');
      }
      const event = parseJson(await readBody(request, WEBHOOK_LIMIT), harborEvent);
      const image = pushedImage(event.event_data?.repository?.repo_full_name ?? '');
      if (event.type !== 'PUSH_ARTIFACT' || image === undefined) {
        api.metrics.onWebhook('harbor', 'ignored');
        return json({ accepted: false, why: 'no push of a tool’s image' }, 202);
      }
      if (!api.service.imagePushed(image)) throw tooMuch();
      api.metrics.onWebhook('harbor', 'accepted');
      log.info('image pushed', { ...image });
      return json({ accepted: true, why: 'taken on' }, 202);
    },
  };
}
