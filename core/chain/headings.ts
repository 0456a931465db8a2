/** Headings of lists of words that are no names: rules, news, questions. */
export const WORDS_LIST =
  /须知|須知|规则|規則|规定|規定|注意|说明|說明|提醒|通知|公告|新闻|新聞|要闻|要聞|资讯|資訊|头条|頭條|早报|早報|日报|好处|好處|功效|优点|優點|特点|特點|问题|問題|答疑|流程|议程|議程|菜单|菜單|\b(?:rules?|guidelines?|notice|news|headlines|agenda|faq|questions|reminders?|menu|benefits|tips)\b/i;
