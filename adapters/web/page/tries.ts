import type { PageLanguage } from "./wire.ts";

/** Messages to try with one tap. */
const TRIES: Readonly<Record<PageLanguage, { open: string; leader: readonly string[]; resident: readonly string[] }>> =
  {
    en: {
      open: "/open Fuji apples $3.50/kg, closes in 60 seconds",
      leader: ["/tally", "/close"],
      resident: ["+2", "2 apples please", "make it 3", "/my", "/tally", "cancel"],
    },
    "zh-hans": {
      open: "/open 红富士苹果 5元/斤 60秒后截单",
      leader: ["/tally", "/close"],
      resident: ["+2", "苹果+2", "改成3斤", "/my", "/tally", "取消"],
    },
    "zh-hant": {
      open: "/open 紅富士蘋果 30元/斤 60秒後截單",
      leader: ["/tally", "/close"],
      resident: ["+2", "蘋果+2", "改成3斤", "/my", "/tally", "取消"],
    },
  };

/** Announcements to try: in the page's language first, then in another, for the bot reads them all. */
export function opensFor(language: PageLanguage): readonly string[] {
  return [TRIES[language].open, TRIES[language === "en" ? "zh-hans" : "en"].open];
}

/**
 * What somebody may want to say, in the order to show it. Orders are in the language of the buy that is open, so that
 * they name its goods.
 *
 * @param post  the buy's live post
 */
export function triesFor(leader: boolean, language: PageLanguage, post: string | undefined): readonly string[] {
  if (leader) return [...opensFor(language), ...TRIES[language].leader];
  return TRIES[post === undefined ? language : languageOf(post, language)].resident;
}

/** The first line names the goods; below stand the names of people, in whatever script is theirs. */
function languageOf(post: string, page: PageLanguage): PageLanguage {
  if (!/\p{Script=Han}{2}/u.test(post.split("\n")[0] ?? "")) return "en";
  return page === "en" ? "zh-hans" : page;
}
