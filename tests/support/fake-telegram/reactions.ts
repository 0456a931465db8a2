/** The emoji that may stand as a reaction. @source Bot API, ReactionTypeEmoji */
export const reactionEmoji: readonly string[] = [
  ..."👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡",
  "❤‍🔥",
  "👨‍💻",
  "🤷‍♂",
  "🤷‍♀",
];
