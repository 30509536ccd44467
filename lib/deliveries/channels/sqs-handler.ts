import { Readable } from "node:stream";
import type { SQSClientConfig } from "@aws-sdk/client-sqs";
import type { Dispatcher } from "undici";
import { callHttp } from "./http-call.ts";

type Handler = Exclude<NonNullable<SQSClientConfig["requestHandler"]>, Record<string, unknown>>;

/** Carries the requests of the AWS client over our own guarded connections. */
export function sqsHandler(dispatcher: Dispatcher): Handler {
  const handler = {
    async handle(
      request: {
        protocol: string;
        hostname: string;
        port?: number;
        path: string;
        method: string;
        headers: Record<string, string>;
        body?: unknown;
      },
      { abortSignal }: { abortSignal?: AbortSignal } = {},
    ) {
      const port = request.port ? `:${request.port}` : "";
      const url = `${request.protocol}//${request.hostname}${port}${request.path}`;
      const { body } = request;
      const answer = await callHttp(dispatcher, url, {
        method: "POST",
        headers: request.headers,
        ...(typeof body === "string" || body instanceof Uint8Array ? { body } : {}),
        signal: abortSignal ?? new AbortController().signal,
      });
      return {
        response: {
          statusCode: answer.status,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: Readable.from([Buffer.from(answer.body)]),
        },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
  return handler as unknown as Handler;
}
