import { fold } from "./text/fold.ts";

/** What is said of goods that are not as they should be. */
const WRONG =
  /(?<![a-z])(?:bad|rotten|rotting|broken|cracked|crushed|squashed|bruised|mou?ld(?:y|ed)?|leak(?:s|ed|ing|y)?|damaged|spoil(?:ed|t)|expired|stale|smell(?:s|y)?|sour|wrong|missing|short|fewer|less than|not fresh|unripe|overripe|torn|worms?|not enough|only got)(?![a-z])|坏|烂|破|碎|裂|霉|臭|馊|酸了|蔫|压扁|漏|过期|不新鲜|不够|少了|少给|缺|错了|发错|拿错|有虫|虫|软了|变质|受损/u;

/** Whether words complain of goods. For answers to what somebody was told of their goods: elsewhere it is any talk. */
export function saysWrong(words: string): boolean {
  return WRONG.test(fold(words).text);
}
