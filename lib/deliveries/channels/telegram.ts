import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel } from "../channel.ts";
import { parseSettings } from "../endpoint-schema.ts";
import { redactMessage } from "../redact-message.ts";
import { openHttp } from "./http-call.ts";
import { keepOpen } from "./keep-open.ts";
import { TELEGRAM_ROOT, telegramApi } from "./telegram-api.ts";
import { partsOf } from "./telegram-parts.ts";
import { telegramRefusal } from "./telegram-refusal.ts";
import type { TelegramConfig, TelegramSecrets } from "./telegram-schema.ts";
import { type TelegramText, telegramText } from "./telegram-text.ts";

/** Messages of a bot to a chat, in sentences, with buttons that lead to the console and to the codes. */
export function telegramChannel(guard: OutboundGuard): Channel<TelegramConfig, TelegramSecrets> {
  const open = keepOpen(
    () => openHttp(guard),
    (agent) => agent.destroy(),
  );

  return {
    kind: "telegram",
    parse: (config, secrets) => parseSettings("telegram", config, secrets),
    describe: ({ chatId }) => chatId,
    send: (endpoint, message, signal, soFar) =>
      open.use(endpoint, async (agent) => {
        const { config, secrets } = endpoint;
        const text = telegramText(config, message);
        const total = text.parts.length;
        const parts = partsOf(config, secrets, text, soFar?.sent ?? null);
        let { done } = parts;
        try {
          const api = await telegramApi(agent, config, secrets, signal);
          let sent = 0;
          for (const part of text.parts.slice(done)) {
            const options = optionsOf(text, done + 1 === total);
            const { message_id } = await api.sendMessage(config.chatId, part, options);
            sent = message_id;
            done += 1;
            if (done < total) await soFar?.note(parts.noteOf(done));
          }
          return { kind: "accepted", status: 200, answer: `message ${sent}` };
        } catch (error) {
          const refusal = telegramRefusal(error, signal);
          if (done === 0) return refusal;
          const answer = `${refusal.answer} (${done} of ${total} messages had gone out)`;
          return { ...refusal, answer };
        }
      }),
    show({ config }, message) {
      const text = telegramText(config, redactMessage(message));
      const bodies = text.parts.map((part, index) => ({
        chat_id: config.chatId,
        text: part,
        ...optionsOf(text, index + 1 === text.parts.length),
      }));
      return {
        to: `${config.apiRoot ?? TELEGRAM_ROOT}/bot[redacted]/sendMessage`,
        headers: { "content-type": "application/json" },
        body: bodies.map((body) => JSON.stringify(body)).join("\n"),
      };
    },
    close: (endpointId) => open.close(endpointId),
  };
}

function optionsOf({ buttons }: TelegramText, isLast: boolean) {
  return {
    // A preview would have Telegram fetch the link, and a claim link opens once.
    link_preview_options: { is_disabled: true },
    ...(isLast && buttons.length > 0
      ? { reply_markup: { inline_keyboard: buttons.map((button) => [button]) } }
      : {}),
  };
}
