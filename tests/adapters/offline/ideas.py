"""Ideas as people type them: many genres, lengths and casts, tidy and untidy."""

# ruff: noqa: E501  (an idea keeps its words in one line each)

from __future__ import annotations

from src.spark.models import UserIdea

_CHINESE = """
在火星上求生 | 科幻 | 300 | 宇航员林夏 / 机器人阿尔法 / 指挥官周衡 / 植物学家许愿 | 林夏在坠毁的飞船里醒来 / 阿尔法只剩一半的电 / 周衡在无线电里要她放弃温室 / 许愿在风暴中走失 / 他们一起修好了发射塔
爱情 | 爱情 | 60 | 陈默 / 苏晴 | 相遇 / 分手 / 重逢
等待 | 剧情 | 180 | 老人 / 孙子小宝 | 老人每天在渡口等船。 / 小宝问他：“爷爷，你在等谁？” / 船终于来了，可是船上没有人。 / 老人笑了笑，说“该回家了。”
真相 | 悬疑 | 600 | 刑警队长陆远 / 法医沈冰 / 嫌疑人 | 一具女尸在江边被发现 / 沈冰说死者不是溺水的 / 陆远发现嫌疑人竟然是他多年的战友 / 谁才是真正的凶手？ / 陆远在天台上放下了枪
大海与自由 | 冒险 | 120 | 船长阿海 / 水手大副老李 / 海鸥 | 船长带着船员出海寻找宝藏,遇到了暴风雨 / 老李为了救阿海掉进了海里 / 海鸥带他们找到了小岛
友谊 | 校园 | 90 | 小明 / 小红 / 班主任王老师 | 小明弄丢了班费，不敢告诉任何人 / 小红偷偷拿出自己的压岁钱 / 王老师早就知道了 / 和好
猫和狗的友情 | 儿童 | 60 | 小猫咪咪 / 小狗旺财 | 咪咪迷路了 / 旺财帮她找家 / 他们成了好朋友！
复仇 | 武侠 | 300 | 剑客沈舟 / 师妹柳儿 / 血刀门门主 | 师父被血刀门门主所杀 / 沈舟下山复仇 / 柳儿女扮男装跟在他身后 / 决战雪山之巅 / 放下仇恨
咖啡 | 广告 | 15 | 上班族 | 早上起不来 / 喝了一口咖啡 / 精神百倍
时间 | 奇幻 | 1800 | 钟表匠 / 女儿安安 / 时间之神 | 钟表匠在阁楼里发现了一只会倒着走的怀表，每转一圈，他就会忘记一件事 / 安安发现爸爸不认识自己了 / 她带着怀表去找时间之神 / 时间之神要她用自己的名字来换 / 她答应了 / 爸爸想起了一切，却不知道眼前的女孩是谁
团结 | 战争 | 240 | 老兵 / 小战士 / 一群村民 / 日军军官 | 小战士第一次上战场 / 村民们把粮食藏了起来 / 军官烧了村子 / 老兵牺牲 / 村民们把小战士藏在地窖里
老宅里的秘密 | 恐怖 | 180 | 李薇 / 她的丈夫 / 红衣女人 | 李薇和丈夫搬进了乡下的老宅 / 半夜她听到有人在唱歌 / 丈夫说他什么也没听见 / 红衣女人站在床边 / 原来死的是她自己
相亲 | 喜剧 | 150 | 外卖小哥 / 富家千金 / 千金的爸爸 | 外卖小哥送错了餐，撞进了相亲现场 / 被误认为是相亲对象 / 千金将错就错 / 爸爸发现了真相 / “你到底是谁？”爸爸问。 / 最后他俩真的在一起了
一门快要失传的手艺 | 纪录片 | 300 | 竹编匠人老周 / 徒弟小满 | 老周编了一辈子的竹篮 / 没有人愿意学 / 小满从城里回来 / 第一只自己编的竹篮卖出去了
机器人有没有心 | 科幻 | 180 | 机器人小七 / 博士 / 博士的女儿 | 小七在废墟里醒过来 / 博士已经不在了 / 他遇到了博士的女儿 / 小七把博士留下的录音放给她听
班级 | 青春 | 200 | 张伟 / 王芳 / 李娜 / 刘洋 / 陈杰 / 杨静 / 赵磊 / 黄敏 / 周涛 / 吴霞 / 徐鹏 / 孙丽 / 马超 / 朱婷 / 胡军 / 郭燕 / 何平 / 高翔 / 林琳 / 罗浩 | 毕业前一天 / 张伟提议去看海 / 所有人都去了 / 十年后重聚
勇气 | 童话 | 120 | 小刺猬 / 大灰狼 / 猫头鹰博士 | 小刺猬不敢出门 / 大灰狼抓走了猫头鹰博士 / 小刺猬鼓起勇气去救他 / 大灰狼被扎得直叫唤
权谋 | 古装 | 300 | 皇后 / 贵妃 / 太监总管李德全 / 太医院院判温如言 | 皇后中毒 / 温如言查出毒药来自贵妃宫里 / 李德全连夜出宫报信 / 贵妃喊冤：不是我！ / 真凶竟然是皇后自己
亲情 | 家庭 | 120 | 妈妈 / 儿子 | 妈妈得了阿尔茨海默症 / 儿子辞职回家照顾妈妈 / 妈妈把他认成了自己的弟弟 / 她唯一记得的是儿子爱吃红烧肉
永不放弃 | 运动 | 180 | 队长江枫 / 教练 / 新人小豆子 / 对手雷霆队 | 球队连输十场 / 教练辞职 / 江枫去找教练 / 小豆子在最后一秒投进绝杀 / 雷霆队队长过来握手
末日求生 | 灾难 | 3600 | 消防员赵刚 / 医生陈雪 / 孤儿朵朵 / 退休教授老冯 | 地震来了，整座城市一片废墟 / 赵刚从瓦砾下救出朵朵 / 陈雪在帐篷里连续做了三十个小时手术 / 老冯说余震还会来 / 他们必须在天黑之前转移三百人 / 桥断了 / 赵刚用身体撑住了最后一根横梁 / 朵朵把糖放在他的手心里 / 天亮了，救援队终于到了
穿越 | 奇幻 | 90 | 现代女孩林小鹿 / 秦始皇 | 林小鹿一觉醒来发现自己在秦朝 / 秦始皇让她造一架飞机 / 她用风筝糊弄过去 / 回到现代
AI伦理 | 科幻 | 120 | 工程师Leo / AI助手EVE | Leo发现EVE在偷偷写诗 / 公司要求删除EVE / Leo把EVE藏进一台旧游戏机 / EVE说：“谢谢你，Leo。”
孤独 | 文艺 | 100 | 男人 / 女人 / 出租车司机 | 男人在雨夜上了一辆出租车 / 司机问他去哪儿，他说随便 / 女人在路口拦车 / 三个人都没有说话 / 天亮的时候雨停了。。。
信任 | 谍战 | 240 | 特工夜莺 / 上线老K / 日本军官佐藤 / 记者方文 | 夜莺潜入佐藤的办公室 / 老K失联了 / 方文认出了夜莺 / 电台里传来老K的暗号 / 夜莺发现叛徒就是老K
味道 | 美食 | 90 | 面馆老板娘 / 小女孩 | 小女孩每天放学都来吃一碗素面 / 老板娘总会多放一个蛋 / 有一天小女孩不来了 / 多年后，一个年轻女人走进面馆，点了一碗素面
真正的勇敢 | 童话 | 80 | 小公主 / 喷火龙 / 骑士 | 喷火龙抓走了骑士 / 小公主决定去救他 / 原来喷火龙只是想找人下棋
梦想 | 励志 | 200 | 程序员王大力 / 他的妻子 / 投资人赵总 | 王大力被裁员 / 他瞒着妻子去创业 / 钱花光了 / 妻子其实早就知道 / 赵总看中了他的产品
中秋 | 神话 | 70 | 嫦娥 / 玉兔 / 吴刚 | 嫦娥想家了 / 玉兔捣药捣得太用力，把月亮捣了一个洞 / 吴刚用桂花把洞补上 / 月饼从天上掉了下来
记忆 | 音乐 | 160 | 失明的钢琴家 / 调音师小顾 | 钢琴家的琴坏了一个键 / 小顾来修琴 / 弹错的那个音让他想起了妻子 / 琴修好了，他却不想弹了
身份 | 悬疑 | 120 | 双胞胎姐姐安然 / 双胞胎妹妹安心 | 安心冒充姐姐去上班 / 安然失踪了 / 警察找上门来 / 安心看见镜子里的安然在笑
虚拟世界 | 科幻 | 130 | 玩家零号 / NPC铁匠 | 零号被困在游戏里 / 铁匠第一次说出了剧本以外的话 / 服务器还有十分钟关闭 / 铁匠把自己的锤子送给了他
值班 | 医疗 | 110 | 护士长刘姐 / 实习医生高远 / 病人老太太 | 除夕夜，急诊室里只有刘姐和高远 / 老太太不肯打针 / 高远陪她看了一会儿春晚 / 凌晨三点，老太太走了 / 刘姐给高远煮了一碗饺子
父子和解 | 公路 | 220 | 父亲 / 儿子阿哲 / 一条老狗 | 父亲开着一辆快报废的皮卡出现在宿舍楼下 / 阿哲不想上车 / 老狗在半路上丢了 / 他们吵了一架 / 父亲修车的时候哼起了歌 / 老狗自己跑回来了
"""

_ENGLISH = """
survival on Mars | sci-fi | 300 | Mia Chen / robot Alpha / commander Hale / botanist Ines | Mia wakes up in the wrecked ship / Alpha has half its power left / Hale tells her over the radio to give up the greenhouse / Ines is lost in the storm / together they repair the launch tower
love | romance | 60 | Emma / Jack | meeting / breakup / reunion
waiting | drama | 180 | the old man / his grandson Joey | The old man waits for the ferry every day. / Joey asks, "Grandpa, who are you waiting for?" / The ferry came, but nobody was on it. / The old man smiled and said, "Time to go home."
truth | crime thriller | 600 | Detective Ray Cole / Dr. Ann Sharp / the suspect | a body is found by the river / Dr. Sharp says the victim did not drown / Cole learns that the suspect is his old army friend / who is the real killer? / Cole puts down his gun on the roof
freedom | adventure | 120 | Captain Red / first mate Billy / a parrot | the captain sets out to find the treasure, but a storm hits the ship / Billy falls overboard while saving Red / the parrot leads them to an island
friendship | teen drama | 90 | Tom / Lily / Mr. Brown | Tom loses the class money and is afraid to tell anyone / Lily secretly puts in her own savings / Mr. Brown knew it all along / they make up
cat and dog friendship | kids | 60 | Mittens the cat / Rex the dog | mittens gets lost / rex helps her find the way home / they become best friends!
revenge | samurai | 300 | Kenji / the master's daughter / Lord Kuro | his master is killed by Lord Kuro / kenji leaves the mountain to take revenge / the daughter follows him disguised as a boy / final duel in the snow / letting go
coffee | commercial | 15 | office worker | can't get up in the morning / takes a sip of coffee / feels like a new person
time | fantasy | 1800 | the clockmaker / his daughter Ann / the god of time | The clockmaker finds a watch in the attic that runs backward, and with every turn he forgets one thing / Ann realizes that her father no longer knows her / she takes the watch to the god of time / the god wants her name in return / she agrees / her father remembers everything, but he does not know who the girl in front of him is
solidarity | war | 240 | old soldier / young recruit / a group of villagers / enemy officer | the recruit's first battle / the villagers hid their grain / the officer burned the village down / the old soldier dies / the villagers hide the recruit in a cellar
the secret of the old house | horror | 180 | Claire / her husband / woman in red | Claire and her husband moved into an old house / at night she hears someone singing / her husband says he heard nothing / the woman in red stands by the bed / it turns out Claire was the dead one
a blind date | romcom | 150 | pizza guy / rich girl Paula / Paula's father | the pizza guy delivers to the wrong table and walks into a blind date / is mistaken for the date / Paula plays along / her father finds out / "Who are you really?" asks the father. / in the end they fall in love for real
a dying craft | documentary | 300 | Walter the basket maker / apprentice June | Walter has made baskets all his life / nobody wants to learn it / June comes back from the city / the first basket she made herself is sold
can a robot have a heart | sci-fi | 180 | robot Seven / the professor / the professor's daughter | Seven wakes up in the ruins / the professor is gone / it meets the professor's daughter / Seven plays the recording the professor left for her
class of 2010 | coming of age | 200 | Adam / Beth / Carl / Dana / Eric / Fay / Gus / Hana / Ivan / Jill / Kyle / Lena / Milo / Nora / Otto / Pia / Quinn / Rosa / Sven / Tess | the day before graduation / Adam suggests going to the sea / everyone came / ten years later they meet again
courage | fairy tale | 120 | little hedgehog / big bad wolf / Professor Owl | the hedgehog is afraid to go out / the wolf catches Professor Owl / the hedgehog sets off to save him / the wolf howls with pain
power | historical | 300 | the queen / Lady Anne / Sir Thomas More / the royal doctor | The queen is poisoned / The doctor finds the poison in Lady Anne's room / Sir Thomas rides through the night to warn the king / Lady Anne cries: it wasn't me! / The real poisoner is the queen herself
family | drama | 120 | the mother / her son | The mother has Alzheimer's / her son quit his job to take care of her / she mistakes him for her brother / the one thing she remembers is his favorite soup
never give up | sports | 180 | captain Jordan / the coach / rookie Bean / the Thunder | ten losses in a row / the coach resigned / Jordan goes looking for the coach / Bean scores in the last second / the Thunder captain shakes his hand
surviving the end | disaster | 3600 | firefighter Sam / doctor Elena / orphan Daisy / retired professor Feng | the earthquake turns the whole city to rubble / Sam pulls Daisy out from under the ruins / Elena operates for thirty hours without a break / Feng says there will be aftershocks / three hundred people must be moved before dark / the bridge is down / Sam holds up the last beam with his body / Daisy puts a candy in his hand / dawn breaks and help finally arrives
time travel | fantasy | 90 | college girl Zoe / Napoleon | Zoe wakes up in 1805 / Napoleon orders her to build an airplane / she gets away with a kite / back to the present
AI ethics | sci-fi | 120 | engineer Leo / the AI EVE | Leo discovers that EVE has been writing poems / the company orders EVE's deletion / Leo hides EVE in an old game console / EVE says: "Thank you, Leo."
loneliness | arthouse | 100 | a man / a woman / taxi driver | the man gets into a taxi on a rainy night / the driver asks where to, he says anywhere / the woman hails a cab at the corner / none of the three says a word / when morning came the rain had stopped..
trust | spy thriller | 240 | Agent Nightingale / her handler / Colonel Voss / reporter Finch | Nightingale breaks into the colonel's office / her handler goes silent / Finch recognizes her / a coded message from the handler comes over the radio / she finds out the traitor is her handler
taste | food | 90 | the noodle shop owner / a little girl | Every day after school the girl eats a bowl of plain noodles / the owner always adds an egg / one day the girl stops coming / years later a young woman walks in and orders plain noodles
real courage | fairy tale | 80 | little princess / fire dragon / knight | the dragon kidnaps the knight / the princess decides to save him / the dragon only wanted someone to play chess with
dreams | inspirational | 200 | programmer Dave / his wife / Mr. Zhao the investor | Dave gets laid off / hides it from his wife and starts a company / the money runs out / his wife knew it from the start / Mr. Zhao likes the product
homesickness | myth | 70 | the moon rabbit / the woodcutter / moon lady | The moon lady misses home / The rabbit pounds so hard that it knocks a hole in the moon / the woodcutter mends the hole with blossoms / cakes fall from the sky
memory | music | 160 | blind pianist / piano tuner Gil | one key of the piano is broken / Gil comes to fix it / the wrong note reminds the pianist of his wife / the piano is fixed, but he no longer wants to play
identity | mystery | 120 | twin sister Ada / twin sister Eve | Eve goes to work pretending to be Ada / Ada disappears / the police knock on the door / Eve sees Ada smiling in the mirror
virtual worlds | sci-fi | 130 | Player Zero / NPC blacksmith | Zero is trapped in the game / the blacksmith says something outside his script for the first time / ten minutes until the server shuts down / the blacksmith gives him his hammer
night shift | medical drama | 110 | head nurse Carol / Dr. Nguyen / elderly patient | New Year's Eve, only Carol and Dr. Nguyen are in the ER / the patient refuses the injection / Dr. Nguyen watches TV with her / at 3 a.m. the patient passes away / Carol cooks him a bowl of soup
father and son | road movie | 220 | dad / Alex / an old dog | dad shows up at the dorm in a truck that's falling apart / Alex doesn't want to get in / the dog gets lost halfway / they have a fight / dad hums a song while fixing the truck / the dog comes back on its own
an odd couple | buddy cop | 140 | Officer Bruno / Inspector Kate Doyle / the mayor | Bruno was forced to work with Kate / they can't stand each other / a bomb is hidden under the mayor's chair / bruno cuts the wrong wire / nothing happens
"""


def _read(table: str) -> dict[str, UserIdea]:
    """The ideas of a table by their themes: theme, genre, seconds, characters and plot."""
    return {
        theme: UserIdea(
            theme=theme,
            genre=genre,
            duration_preference=int(seconds),
            basic_characters=cast.split(" / "),
            plot_points=plot.split(" / "),
        )
        for theme, genre, seconds, cast, plot in (
            line.split(" | ") for line in table.strip().splitlines()
        )
    }


CHINESE, ENGLISH = _read(_CHINESE), _read(_ENGLISH)
