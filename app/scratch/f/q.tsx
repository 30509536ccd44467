"use client";
import { Dialog } from "radix-ui";
export function Q() { return <Dialog.Root><Dialog.Trigger>x</Dialog.Trigger><Dialog.Portal><Dialog.Overlay/><Dialog.Content><Dialog.Title>a</Dialog.Title></Dialog.Content></Dialog.Portal></Dialog.Root>; }
