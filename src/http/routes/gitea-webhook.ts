import { GitopsError } from '../../errors.ts';
import { type Api, WEBHOOK_LIMIT } from '../api.ts';
import { pushEventOf } from '../push-event-of.ts';
import { parseJson, readBody } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { acceptedAnswer } from '../schemas.ts';
import { isSigned } from '../signature.ts';
import { giteaPush } from '../webhook-schemas.ts';

export function giteaWebhookRoute(api: Api): Route {
  return {
    method: 'POST',
    path: '/v1/webhooks/gitea',
    operationId: 'giteaWebhook',
    summary: 'A push to a tool’s repository or to the config repo',
    description:
      'Answers once the delivery is checked and taken on: what follows from it (a spec fetched, output rendered) happens ' +
      'in the background, since Gitea waits 5 s only and never sends again. What is lost is found by the reconcile.',
    security: 'giteaSignature',
    body: { content: { 'application/json': giteaPush } },
    responses: {
      202: { description: 'Taken on, or nothing that concerns the service.', schema: acceptedAnswer },
    },
    problems: [413],
    async handle({ request, log }) {
      const body = await readBody(request, WEBHOOK_LIMIT);
      const signature = request.headers.get('x-gitea-signature') ?? undefined;
      if (!isSigned(body, signature, api.secrets.gitea)) {
        api.metrics.onWebhook('gitea', 'unauthorized');
        throw new GitopsError('unauthorized', 'the signature is not that of this body');
      }
      const event = pushEventOf(parseJson(body, giteaPush));
      if (request.headers.get('x-gitea-event') !== 'push' || event === undefined) {
        api.metrics.onWebhook('gitea', 'ignored');
        return json({ accepted: false, why: 'no push' }, 202);
      }
      if (!api.service.pushed(event)) throw tooMuch();
      api.metrics.onWebhook('gitea', 'accepted');
      log.info('push received', { delivery: uuidOf(request.headers.get('x-gitea-delivery')) });
      return json({ accepted: true, why: 'taken on' }, 202);
    },
  };
}

export function tooMuch(): GitopsError {
  return new GitopsError('overloaded', 'too many deliveries are waiting');
}

function uuidOf(text: string | null): string | undefined {
  return text !== null && /^[0-9a-f-]{36}$/i.test(text) ? text : undefined;
}
