import TelegramServer from "telegram-test-api";
import { freePort } from "./free-port.ts";

export type BotMessage = {
  token: string;
  chatId: string;
  text: string;
  buttons: { text: string; url: string }[];
};

export type TelegramApiServer = {
  url: string;
  messages(): BotMessage[];
  /** What a person writes to the bot, so that it knows of the chat. */
  say(token: string, chatId: number, title: string, text: string): Promise<void>;
  stop(): Promise<void>;
};

/** telegram-test-api on loopback: a Bot API server that nobody here wrote. */
export async function openTelegramServer(): Promise<TelegramApiServer> {
  const server = new TelegramServer({ port: await freePort(), host: "127.0.0.1" });
  await server.start();
  return {
    url: server.config.apiURL,
    messages: () =>
      server.storage.botMessages.map(({ botToken, message }) => ({
        token: botToken,
        chatId: String(message.chat_id),
        text: message.text,
        buttons: buttonsOf(message.reply_markup),
      })),
    async say(token, chatId, title, text) {
      const client = server.getClient(token, { chatId, chatTitle: title, type: "group" } as never);
      await client.sendMessage(client.makeMessage(text));
    },
    stop: async () => {
      await server.stop();
    },
  };
}

function buttonsOf(markup: unknown): { text: string; url: string }[] {
  const { inline_keyboard } = (markup ?? {}) as {
    inline_keyboard?: { text: string; url: string }[][];
  };
  return (inline_keyboard ?? []).flat();
}
