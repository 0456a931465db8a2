/** What follows "for" or 给 without naming anybody else: meals, days, feasts, places, and the sender's own household. */
export const PURPOSES: ReadonlySet<string> = new Set(
  (
    "dinner lunch breakfast brunch tea teatime supper snack snacks dessert desserts party parties birthday bbq barbecue picnic barbie potluck steamboat hotpot gathering weekend " +
    "weekends day days month months christmas xmas cny easter deepavali diwali raya hari ramadan halloween thanksgiving holiday holidays new year office work school " +
    "church class kids children baby toddler dog dogs cat cats guests guest family home house household pickup collection delivery cooking baking freezing juicing " +
    "soup soups salad salads curry pie pies cake cakes jam smoothie smoothies sandwich sandwiches kitchen today tomorrow tmr tonight now later sharing share fun good sure " +
    "real free everyone all each both example starters weekdays meal meals prep week once twice ever forever me us myself ourselves monday tuesday wednesday " +
    "thursday friday saturday sunday mon tue wed thu fri sat sun morning afternoon evening noon night january february march april may june july august september " +
    "october november december gift gifts present presents charity use stock backup emergency testing trying camping hiking trip road event wedding " +
    "meeting team company shop store restaurant cafe stall that this it them one ones mid autumn dumpling festival reunion grill pasta stew lunchbox marinade bread " +
    "visitors relatives colleagues coworkers workmates the a an another extra storage fridge freezer " +
    "孩子 孩子们 小孩 宝宝 娃 娃娃 家人 家里 家里人 老人 自己 自家 公司 单位 办公室 店里 学校 晚饭 午饭 早饭 晚餐 午餐 早餐 聚会 周末 明天 今天 今晚 过节 过年 团长 老板 大家 大伙 客人 朋友聚会 " +
    "我 我们 我家 咱们 咱家 你 您 他 她 团 面子 力 个 点 个话"
  ).split(" "),
);
