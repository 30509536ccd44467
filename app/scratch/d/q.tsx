"use client";
import { DropdownMenu } from "radix-ui";
export function Q() { return <DropdownMenu.Root><DropdownMenu.Trigger>x</DropdownMenu.Trigger><DropdownMenu.Portal><DropdownMenu.Content><DropdownMenu.Item>a</DropdownMenu.Item></DropdownMenu.Content></DropdownMenu.Portal></DropdownMenu.Root>; }
