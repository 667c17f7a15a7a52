/**
 * Describes receivers: the addresses that we send new entries to. A receiver is a subscriber of our WebSub hub, the webhook
 * of a saved view, or the address that alerts are posted to.
 *
 * A receiver has no list of pending deliveries. It has one number, `told`: everything up to it was delivered. A delivery
 * raises the number only after the receiver has answered, so a delivery that was interrupted is made again and none is left
 * out.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { HostPause } from '../retrieval.ts';

/** The kinds of receivers. */
export type ReceiverKind = 'hub' | 'webhook' | 'alerts';

/** How the body of a webhook is written. */
export const webhookFormats = ['json', 'slack', 'discord', 'ntfy'] as const;

/** One of them. */
export type WebhookFormat = (typeof webhookFormats)[number];

/** The address where new entries of a saved view are posted. */
export interface Webhook {
  readonly url: HttpUrl;
  readonly format: WebhookFormat;
  /** Signs the requests. */
  readonly secret?: string;
}

/** The feed that a subscriber of the hub wants. */
export interface HubTopic {
  /** As the subscriber wrote it; the key is included for a private view. */
  readonly address: HttpUrl;
  /** Name of the saved view, when the address is that of one. */
  readonly view?: string;
  /** The query of the address, as a search string in canonical form; for a saved view only the additional parameters. */
  readonly query: string;
}

/** A request to our hub. */
export interface HubRequest {
  readonly mode: 'subscribe' | 'unsubscribe';
  readonly topic: HubTopic;
  readonly callback: HttpUrl;
  readonly leaseSeconds: number;
  readonly secret?: string;
}

/** The result of a request to our hub: it is verified next, or there is no room. */
export type HubReceipt = 'accepted' | 'host-full' | 'hub-full' | 'topics-full';

/** What a receiver is asked or sent outside the usual order. `id` tells two wishes of one receiver apart. */
export type Wish =
  | {
      readonly id: string;
      readonly mode: 'subscribe';
      readonly leaseSeconds: number;
      readonly secret?: string;
      readonly at: Instant;
    }
  | { readonly id: string; readonly mode: 'unsubscribe'; readonly at: Instant }
  | { readonly id: string; readonly mode: 'test'; readonly at: Instant };

/** One try to reach a receiver, as the desk lists it. */
export interface PushTry {
  readonly at: Instant;
  /** The content of the request, in a few words. */
  readonly what: string;
  readonly isDelivered: boolean;
  /** What the receiver answered, or why there is no answer. */
  readonly answer: string;
}

/** The task of one job. */
export type PushTask =
  | { readonly kind: 'verify'; readonly topic: HttpUrl; readonly wish: Exclude<Wish, { readonly mode: 'test' }> }
  | { readonly kind: 'feed'; readonly topic: HttpUrl; readonly after: number; readonly changed: number }
  | {
      readonly kind: 'entry';
      readonly view: string;
      /** The entry as an item of JSON Feed. */
      readonly item: string;
      readonly position: number;
    }
  | {
      readonly kind: 'alert';
      /** As JSON. */
      readonly body: string;
      readonly position: number;
    }
  | { readonly kind: 'test'; readonly view: string; readonly wish: Wish };

/** A job with the state of its receiver. */
export interface OpenedPush {
  readonly kind: 'push';
  readonly receiverId: number;
  readonly url: HttpUrl;
  readonly secret?: string;
  readonly format?: WebhookFormat;
  readonly task: PushTask;
}

/** What came of a job. */
export type PushOutcome =
  /** The callback confirms the wish. */
  | { readonly kind: 'verified'; readonly wish: Wish }
  /** The callback refuses the wish. */
  | { readonly kind: 'refused'; readonly wish: Wish; readonly answer: string }
  /** Everything up to `told` was delivered. */
  | {
      readonly kind: 'delivered';
      readonly told: number;
      readonly answer: string;
      readonly what: string;
      /** The test that it was. */
      readonly wish?: Wish;
    }
  /** Nothing up to `told` is for this receiver. */
  | { readonly kind: 'nothing'; readonly told: number }
  /** The callback or the topic is gone for good. */
  | { readonly kind: 'gone'; readonly answer: string; readonly what: string }
  | { readonly kind: 'failed'; readonly answer: string; readonly what: string; readonly wish?: Wish };

/** The outcome of a job, to be recorded. */
export interface PushRecording {
  readonly kind: 'push';
  readonly receiverId: number;
  readonly outcome: PushOutcome;
  readonly pauses?: readonly HostPause[];
}

/** The log line of one delivery. Addresses of receivers hold secrets: only the host is logged. */
export interface PushLine {
  readonly event: 'push';
  readonly receiver: number;
  readonly host: string;
  readonly task: PushTask['kind'];
  readonly outcome: PushOutcome['kind'];
  readonly answer?: string;
}

/** The state of a view's webhook, without its secret. */
export interface WebhookReport extends Omit<Webhook, 'secret'> {
  readonly view: string;
  readonly hasSecret: boolean;
  /** Something new waits to be sent. */
  readonly isWaiting: boolean;
  readonly failures: number;
  readonly failingSince?: Instant;
  readonly pausedAt?: Instant;
  /** The last ten, newest first. */
  readonly tries: readonly PushTry[];
}

/** The subscribers of the hub. */
export interface HubReport {
  readonly subscribers: number;
  /** Subscribers whose callback has not confirmed the request yet. */
  readonly asked: number;
  readonly hosts: number;
  /** Those with the most subscribers first. */
  readonly topics: readonly {
    readonly address: string;
    readonly subscribers: number;
    /** Those whose last delivery failed. */
    readonly failing: number;
    readonly changedAt?: Instant;
  }[];
}
