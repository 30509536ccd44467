"use client";
import { useTranslations } from "next-intl";
export function Scratch() { const t = useTranslations("ui"); return <p className="text-red-500">{t("hello", { name: "x", count: 2 })}</p>; }
