"""Stories as people paste them, with the scenes and the speakers a reader finds in them."""

# ruff: noqa: E501  (prose keeps its paragraphs in one line each)

from __future__ import annotations

from .stories import Story

PASTED: dict[str, Story] = {}
"""Written before the staging was reworked, and looked at while it was."""

PASTED["快递"] = Story(
    """傍晚六点，老小区的楼道里又黑又闷。快递员小马抱着一只半人高的纸箱，一层一层往上爬。

“您好，您的快递。”他敲了敲602的门。

门开了一条缝，一个老太太探出头：“我没买东西。”

“收件人是张桂兰，没错吧？”

“是我。可我真没买。”

小马擦了擦汗，把纸箱放在门口。箱子动了一下。两人同时往后退了一步。

第二天一早，小马又去了那栋楼。老太太正坐在院子里晒太阳，膝盖上趴着一只三花猫。

“原来是我闺女寄的。”老太太笑眯眯地说，“她在国外，怕我一个人闷。”

小马蹲下来摸了摸猫：“它叫什么？”

“还没起呢。要不，就叫快递吧。”

三个月后，小马辞了职，在菜市场里摆了个水果摊。老太太每天牵着猫来买两个苹果。“今天甜不甜？”她总要问一句。
""",
    {"小马": "二十三岁的男快递员", "张桂兰": "七十二岁的老太太，她头发花白"},
    [
        ("int", "楼道", "dusk", ["小马", "张桂兰", "小马", "张桂兰"]),
        ("ext", "院子", "day", ["张桂兰", "小马", "张桂兰"]),
        ("ext", "菜市场", None, []),
    ],
)

PASTED["雪夜"] = Story(
    """雪下了三天，山神庙的屋顶都快压塌了。柳青推门进来，抖落一身的雪，才看见火堆旁已经坐了个人。

「借个火。」柳青说。

那人头也不抬：「火是公家的。」

柳青在他对面坐下，把刀横在膝上。火光映着那人的脸，左边有一道长长的疤。他想起十年前的洛阳城，想起那座烧了一夜的府邸。

「你是沈家的人？」柳青忽然问。

「沈家早没人了。」那人拨了拨火，「你那把刀，倒是沈家的。」

庙里静得只剩柴火的噼啪声。

天快亮时，雪停了。两个人一前一后走到崖边，谁也没有先拔刀。

「动手吧。」疤脸人说。

柳青却把刀插进了雪里：「我找了你十年，不是为了杀你。」
""",
    {"柳青": "二十八岁的男刀客", "疤脸人": "四十多岁的男人，左脸有疤"},
    [
        ("int", "山神庙", None, ["柳青", "疤脸人", "柳青", "疤脸人"]),
        ("ext", "崖边", "dawn", ["疤脸人", "柳青"]),
    ],
)

PASTED["值班"] = Story(
    """凌晨三点，急诊室终于安静下来。护士方圆靠在墙上，闭着眼睛数自己的心跳。

电话响了。“三号床心率掉了。”对讲机里传来实习医生的声音。

方圆冲进病房，一边跑一边喊：“除颤仪！”

林主任已经站在床边，额头上全是汗。“再来一次。”他说。

“没有反应。”

“再来。”

仪器上的直线跳了一下，又跳了一下。方圆腿一软，坐在了地上。

交班以后，她一个人走上天台。太阳刚从楼群后面露出半张脸，城市还没有醒。她掏出手机，给妈妈打了个电话：“妈，我今天不想说话，你说吧，我听着。”

电话那头，妈妈说起老家的菜园，说起邻居家新添的孙子。方圆听着听着，就哭了。
""",
    {"方圆": "二十六岁的女护士", "林主任": "五十岁的男医生"},
    [
        ("int", "急诊室", "night", ["实习医生"]),
        ("int", "病房", "continuous", ["方圆", "林主任", "方圆", "林主任"]),
        ("ext", "天台", "dawn", ["方圆"]),
    ],
)

PASTED["kite"] = Story(
    """The last day of the holidays was windy, which was exactly what Theo had been hoping for. He stood on the hill behind the school with his sister's kite under his arm.

"You'll break it," Ivy said from behind him.

He jumped. "I was only looking at it."

"On top of a hill. In a gale."

"...Yes."

She held out her hand for the string. "You run," she said, "and I'll hold."

They ran. The kite went up, higher than the church, higher than the gulls, and then the string went slack.

Half an hour later they were standing in Mrs. Pargeter's greenhouse, surrounded by broken glass. The kite lay on the tomatoes.

"Well," said Mrs. Pargeter, "at least it's not a cricket ball this time."

Theo stared at his shoes. "We'll pay for it," he mumbled.

That evening Ivy knocked on the door of his bedroom. She had glue, tissue paper and two biscuits. Neither of them mentioned the greenhouse.
""",
    {
        "Theo": "a boy of nine",
        "Ivy": "a girl of twelve with a plaster on her knee",
        "Mrs. Pargeter": "an old lady in gardening gloves",
    },
    [
        ("ext", "hill", None, ["Ivy", "Theo", "Ivy", "Theo", "Ivy"]),
        ("int", "Mrs. Pargeter's greenhouse", "later", ["Mrs. Pargeter", "Theo"]),
        ("int", "bedroom", "dusk", []),
    ],
)

PASTED["heist"] = Story(
    """"Nobody moves," said the man in the rubber mask, and nobody in the bank did, except for an old lady who was looking for her glasses.

"Ma'am," the man said, "please."

"I can't hear you if I can't see you, dear."

Behind the counter Dolores let her hand slide toward the button. The second robber, a thin one, shook his head at her. "Don't," he whispered. "He's my brother. He won't shoot, but he'll cry."

Outside, a police car rolled slowly past the window and kept going.

Ten minutes later the two of them were sitting in the van with eleven dollars and a fern. It had started to rain.

"We could give it back," said the thin one.

"The fern?"

"All of it."

His brother pulled off the mask and laughed until he had to hold the wheel.

The next morning Dolores found the fern on the steps of the bank. Someone had watered it. Pinned to a leaf was a note that said, "Sorry about the shouting."
""",
    {
        "Rubber Mask": "a big man in a rubber mask",
        "Thin One": "a thin young man, the brother",
        "Dolores": "a bank teller of fifty, she wears pearls",
    },
    [
        ("int", "bank", None, ["Rubber Mask", "Old lady", "Thin One"]),
        ("int", "van", "later", ["Thin One", "Rubber Mask", "Thin One"]),
        ("ext", "steps of the bank", "day", []),
    ],
)

PASTED["ghost"] = Story(
    """INT. THEATRE - NIGHT

The last of the audience had left hours ago. Nell swept between the rows and hummed to herself.

NELL: Seventeen programmes and a glove. Is that all you left me?

A light went on above the stage. She looked up. In the box on the left sat a gentleman in evening dress who had certainly not bought a ticket.

GENTLEMAN: I should like to hear the second act again.

"The second act's over, sir," Nell said. "So's the third."

"Then the first," he said politely.

At midnight she climbed onto the stage, broom in hand, and began to sing. She had heard the show four hundred times from the corridor. When she had finished, a single pair of hands clapped for a very long time.

In the morning the manager found her asleep in the box. "You can't be here," he snapped.

Nell picked up the white glove beside her. It fitted the other one exactly.
""",
    {"Nell": "a cleaning woman of thirty", "The Gentleman": "a man in evening dress"},
    [
        (
            "int",
            "THEATRE",
            "night",
            ["Nell", "The Gentleman", "Nell", "The Gentleman"],
        ),
        ("int", "THEATRE", "day", ["Manager"]),
    ],
)

UNSEEN: dict[str, Story] = {}
"""Written at the same time, and kept away from until then. At first sight 9 of 18 headings and 39 of 43
turns were right, before the work 11 and 39; what they showed was mended then."""

UNSEEN["竹笛"] = Story(
    """放暑假的第一天，阿乐被送到了乡下。爷爷家的院子里有一口井，井边放着一支旧竹笛。

“能吹吗？”阿乐问。

“你奶奶的。”爷爷磕了磕烟斗，“谁也吹不响。”

阿乐鼓起腮帮子吹了半天，只吹出一股灰。爷爷笑得直咳嗽。

夜里，阿乐睡不着，光着脚走到河边。月亮又大又圆。他又把竹笛放到嘴边，这一回，响了。

“谁在吹？”对岸有人喊。

阿乐吓了一跳，转身就跑。

第二天早饭时，爷爷一直看着他。“昨晚我听见你奶奶了。”爷爷慢慢地说。阿乐低着头喝粥，什么也没说。

开学那天，长途汽车站里挤满了人。爷爷从怀里掏出一个布包，塞给阿乐：“带上。城里吵，吹给她听。”
""",
    {"阿乐": "十岁的小男孩", "爷爷": "七十岁的老人，男"},
    [
        ("ext", "院子", None, ["阿乐", "爷爷"]),
        ("ext", "河边", "night", []),
        ("int", "家", "day", ["爷爷"]),
        ("int", "长途汽车站", None, ["爷爷"]),
    ],
)

UNSEEN["裁员"] = Story(
    """下午四点，人事部把何静叫进了小会议室。玻璃墙外，同事们都假装在看屏幕。

“公司的情况你也知道。”人事经理推过来一份文件，“签字就行。”

何静看了一眼数字：“少了一个月。”

“那是奖金，和这个没关系。”

“有关系。”何静把笔放下，“我在这儿干了七年，哪条规定没有我写的？”

经理不说话了。

晚上八点，何静抱着纸箱走出写字楼。街对面的面包店正在打折，排队的人一直排到路口。她忽然闻到小时候的味道，想起妈妈的厨房，想起那台总是冒烟的烤箱。

“还招人吗？”她推开面包店的门。

店主抬头打量她：“会揉面吗？”

“会签合同。”

店主哈哈大笑，扔给她一条围裙。
""",
    {"何静": "三十三岁的女人，短发", "人事经理": "四十岁的男人", "店主": "胖胖的面包师，男"},
    [
        ("int", "会议室", "day", ["人事经理", "何静", "人事经理", "何静"]),
        ("ext", "写字楼外", "night", []),
        ("int", "面包店", "continuous", ["何静", "店主", "何静"]),
    ],
)

UNSEEN["潜艇"] = Story(
    """潜艇已经沉在海底六个小时了。应急灯把每个人的脸照得发绿。

艇长周海：还有多少氧气？
轮机长：四十分钟，也许三十五。
周海：叫大家别说话，都躺下。

年轻的声呐兵小唐摘下耳机，手在发抖。“上面有船。”他压低声音，“不是我们的。”

周海盯着他：“你确定？”

“螺旋桨声不一样。”

没有人说话。水珠从管道上一滴一滴落下来。

二十分钟后，一声巨响震得所有人跳了起来。舱门上方传来敲击声，三长两短。

“是我们的人！”小唐哭喊道。

甲板上，阳光刺得人睁不开眼。周海最后一个爬出来，回头望了望海面，敬了一个礼。
""",
    {"周海": "四十五岁的男艇长", "轮机长": "五十岁的男人", "小唐": "二十岁的男声呐兵"},
    [
        ("int", "潜艇", None, ["周海", "轮机长", "周海", "小唐", "周海", "小唐"]),
        ("int", "潜艇", "later", ["小唐"]),
        ("ext", "甲板", "day", []),
    ],
)

UNSEEN["wedding"] = Story(
    """The band was already playing when Amara locked herself in the bathroom of the hotel.

"Amara?" Her father knocked. "Everyone's waiting, sweetheart."

"I know."

"Is it the shoes?"

She laughed in spite of herself. "It's not the shoes, Dad."

He sat down on the other side of the door. She could hear his knees crack. "On my wedding day," he said, "I hid in a barn. Your mother came and found me. She had straw in her veil."

"What did she say?"

"She said the cake was melting."

An hour later the two of them walked barefoot across the beach toward a hundred turned heads. The sun was going down behind the band. Kofi, at the far end, had taken off his shoes as well.

"You're late," he said.

"The cake's melting," said Amara.
""",
    {
        "Amara": "a bride of twenty-nine",
        "Father": "a tall man of sixty, her father",
        "Kofi": "the groom, a man with glasses",
    },
    [
        (
            "int",
            "bathroom",
            None,
            ["Father", "Amara", "Father", "Amara", "Father", "Amara", "Father"],
        ),
        ("ext", "beach", "dusk", ["Kofi", "Amara"]),
    ],
)

UNSEEN["drone"] = Story(
    """They had been lying in the ditch since before dawn. Corporal Haas counted the seconds between the explosions and lost count at nine.

'Radio's dead,' whispered Petrov.

'Try it again.'

'I've tried it again.'

Haas crawled to the edge and looked toward the village. Smoke stood over the church. Nothing moved in the road but a dog.

'There's a farmhouse,' he said. 'Two hundred metres. We go when the smoke turns.'

In the farmhouse kitchen the table was still laid for four. Petrov sat down as if somebody had invited him. On the wall a calendar said that it was Tuesday.

'Someone's here,' Haas murmured, and raised his rifle.

A cupboard opened. Inside it a girl of six or seven sat with a hen in her lap.

'She doesn't bite,' the girl said.

By nightfall the three of them, and the hen, had reached the river. Haas carried the child across on his shoulders. 'What's her name?' he asked.

'Tuesday,' said the girl.
""",
    {
        "Corporal Haas": "a man of thirty",
        "Petrov": "a young soldier, male",
        "The Girl": "a girl of six",
    },
    [
        ("ext", "ditch", "dawn", ["Petrov", "Corporal Haas", "Petrov", "Corporal Haas"]),
        ("int", "farmhouse kitchen", "dawn", ["Corporal Haas", "The Girl"]),
        ("ext", "river", "dusk", ["Corporal Haas", "The Girl"]),
    ],
)

UNSEEN["recipe"] = Story(
    """Every Friday Mr. Okoro's restaurant smelled of pepper and smoke, and every Friday the same critic sat at table six and sent the soup back.

"Too hot," the critic said.

"It's the same soup as last week," said Bisi, and set the spoon straight.

"Then it was too hot last week."

In the kitchen Mr. Okoro was reading the newspaper upside down. Bisi slammed the bowl on the counter. "He did it again."

"Good," her uncle replied calmly. "A man who hates a soup doesn't come back forty times."

She thought about that all night. On Saturday she took the bus to the newspaper office. The critic's desk was by the window, behind a wall of books.

"You've come to shout at me," he said without looking up.

"I've come to ask you what your mother put in hers."

He took off his glasses. For a while he couldn't speak. "Cloves," he said at last.
""",
    {
        "Bisi": "a waitress of twenty, a young woman",
        "Mr. Okoro": "her uncle, a cook",
        "The Critic": "a thin man with glasses",
    },
    [
        ("int", "restaurant", None, ["The Critic", "Bisi", "The Critic"]),
        ("int", "kitchen", None, ["Bisi", "Mr. Okoro"]),
        ("int", "newspaper office", "day", ["The Critic", "Bisi", "The Critic"]),
    ],
)

AFTERWARDS: dict[str, Story] = {}
"""Written after those, four at a time. At first sight 4 of 11, 1 of 12 and 8 of 12 headings were right,
and 28 of 38, 20 of 26 and 22 of 28 turns; before the work 3, 1 and 8, and 24, 17 and 22. They showed
towers, streets by name, vehicles, places told late and whoever `said the` names, which were mended."""

AFTERWARDS["理发"] = Story(
    """老街拆了一半，只剩刘师傅的理发店还亮着灯。镜子前坐着一个西装革履的年轻人。

“剪短一点？”刘师傅问。

“您看着办。”年轻人盯着镜子，“您不记得我了？”

刘师傅的剪刀停了一下。“每天那么多颗脑袋，哪记得住。”

“我小时候在您这儿剪坏过一次，回家哭了一晚上。”

“哦——”刘师傅一拍大腿，“小豁子！”

门外传来推土机的声音。年轻人站起来，从公文包里掏出一份文件：“师傅，拆迁的事归我管。”

半个月后，推土机开到了街口。刘师傅坐在店门口的椅子上，怀里抱着那面镜子，谁劝也不动。

傍晚，年轻人来了。他在刘师傅旁边坐下，说：“新店面我给您找好了，就在地铁站里。”

“地铁站里的人，剪头发吗？”刘师傅问。

“不剪。”年轻人笑了，“可他们会照镜子。”
""",
    {"刘师傅": "六十多岁的男理发师", "小豁子": "三十岁的年轻人，男"},
    [
        ("int", "理发店", None, ["刘师傅", "小豁子", "刘师傅", "小豁子", "刘师傅", "小豁子"]),
        ("ext", "店门口", "dusk", ["小豁子", "刘师傅", "小豁子"]),
    ],
)
AFTERWARDS["迷宫"] = Story(
    """公主被关在高塔里的第一百天，终于有人来敲门了。

“谁？”公主隔着门问。

“骑士。”门外的声音闷闷的，“路过的。”

“你是来救我的？”

“不，我是来躲雨的。”

公主气得把枕头扔在门上。过了好一会儿，她又问：“外面雨大吗？”

第二天清晨，雨停了。骑士拆掉了门上的锁，两个人沿着楼梯往下走。走到花园里，一条龙正趴在喷泉边打瞌睡。

“嘘。”公主竖起手指。

龙睁开一只眼睛，慢悠悠地说：“门票。”

骑士：什么门票？
龙：进来要钱，出去也要钱。
公主：多少？
龙：讲一个我没听过的笑话。

黄昏的时候，三个人还坐在花园里。骑士已经讲了九十九个笑话，龙一个也没笑，公主笑得肚子疼。
""",
    {"公主": "十七岁的公主", "骑士": "年轻的骑士，他穿着生锈的盔甲", "龙": "一条老龙"},
    [
        ("int", "高塔", None, ["公主", "骑士", "公主", "骑士", "公主"]),
        ("ext", "花园", "dawn", ["公主", "龙", "骑士", "龙", "公主", "龙"]),
        ("ext", "花园", "dusk", []),
    ],
)
AFTERWARDS["trial"] = Story(
    """The courtroom was so hot that the clerk had opened every window. Judge Amery fanned herself with the indictment.

"How do you plead?" she asked.

"Hungry, Your Honour," said the accused, a goat by the name of Clement.

Somebody laughed in the gallery. "Silence," the judge ordered, without much hope.

The prosecutor rose. "The defendant ate the mayor's hat," he said, "on the steps of the church, in front of forty witnesses."

"It had cherries on it."

"They were glass!"

"So I discovered," said Clement with dignity.

During the recess the judge went out into the courtyard and sat down under the lime tree. Clement was already there, chained to the fountain.

"Off the record," she said, "was it good?"

"Off the record?" The goat considered. "The ribbon was excellent."

At four o'clock the jury came back. The foreman, a baker, would not look at anyone. "Not guilty," he read, "on account of the cherries."
""",
    {
        "Judge Amery": "a woman of fifty in a wig",
        "Clement": "a goat",
        "The Prosecutor": "a thin man with a moustache",
    },
    [
        (
            "int",
            "courtroom",
            None,
            [
                "Judge Amery",
                "Clement",
                "Judge Amery",
                "The Prosecutor",
                "Clement",
                "The Prosecutor",
                "Clement",
            ],
        ),
        ("ext", "courtyard", "continuous", ["Judge Amery", "Clement"]),
        ("int", "courtroom", None, ["Foreman"]),
    ],
)
AFTERWARDS["nightbus"] = Story(
    """It was past two when the night bus pulled away from the station. There were three passengers: a nurse, a boy with a cello, and a man who was pretending to sleep.

"Does this go to the airport?" the boy asked.

"Eventually," said Gloria, the driver.

Nobody spoke until the bridge. Then the cello case fell over, and a cat climbed out of it.

"That," Gloria said, looking in the mirror, "is not a cello."

"She's scared of flying," the boy said quickly. "I couldn't leave her."

The nurse began to laugh. Even the sleeping man opened one eye. "They X-ray those, you know," he murmured.

At dawn Gloria stopped the bus in the middle of the empty road and turned off the engine. She walked back between the seats and sat down beside the boy.

"What's her name?"

"Bach."

"I've got a sister in Lisbon," said Gloria, "who owes me a favour. Where are you going?"

"Lisbon."

Three weeks later a postcard arrived at the depot. There was a cat on it, asleep on a cello.
""",
    {
        "Gloria": "a bus driver of fifty, a woman",
        "The Boy": "a boy of sixteen",
        "The Nurse": "a tired woman in a uniform",
    },
    [
        ("int", "night bus", "night", ["The Boy", "Gloria", "The Boy", "Man"]),
        ("int", "night bus", "dawn", ["Gloria", "The Boy", "Gloria", "The Boy"]),
        ("int", "depot", None, []),
    ],
)

AFTERWARDS["钥匙"] = Story(
    """出租车停在路边，程晓一上车就开始翻包。司机老丁从后视镜里看了她一眼。

“去哪儿？”老丁问。

“等一下，我钥匙不见了。”程晓把包倒了个底朝天，“师傅，您先开，往人民医院开。”

老丁没再说话，打了表。

医院的走廊里挤满了加床。程晓找到三楼的护士站，护士正在写记录。

“请问周桂芳在哪个病房？”

“你是家属？”护士头也没抬，“刚转走，去重症了。”

程晓靠着墙慢慢蹲下去。手机响了，是老丁的声音：“姑娘，钥匙掉我车上了，我在楼下等你。”

半夜，程晓走出医院大门。老丁的车还停在那里，仪表盘上放着那串钥匙。

“上来吧。”老丁摇下车窗，“这趟不收钱。”
""",
    {"程晓": "二十六岁的女孩", "老丁": "五十岁的男司机"},
    [
        ("int", "出租车", None, ["老丁", "程晓"]),
        ("int", "走廊", None, ["程晓", "护士", "老丁"]),
        ("ext", "医院大门", "night", ["老丁"]),
    ],
)
AFTERWARDS["采茶"] = Story(
    """清明前的茶山上，雾还没散。阿婆背着竹篓走在最前面，阿秀跟在后面，一步三滑。

“手要轻。”阿婆说，“掐，不是揪。”

阿秀嘟囔：“机器一天采的，够我们采一年。”

“机器知道哪一片想下山吗？”阿婆笑眯眯地问。

中午，两个人坐在茶亭里吃饭团。阿秀掏出手机，信号只有一格。

“公司让我下周回去。”她低着头说。

阿婆往她的饭团里夹了一块腌萝卜：“那就还有六天。”

第七天早上，阿秀拖着箱子走到村口。班车已经等在那里。她回过头，看见半山腰有个小小的人影，正朝她挥手里的竹篓。

车开了。阿秀打开背包，里面多了一个铁罐，罐子上贴着一张纸条：“这一罐，都是想下山的。”
""",
    {"阿婆": "七十岁的采茶老人", "阿秀": "二十四岁的女孩"},
    [
        ("ext", "茶山", None, ["阿婆", "阿秀", "阿婆"]),
        ("ext", "茶亭", "day", ["阿秀", "阿婆"]),
        ("ext", "村口", "day", []),
    ],
)
AFTERWARDS["piano"] = Story(
    """They carried the piano up four flights of stairs and got stuck on the third.

"Lift," said Marek.

"I am lifting," said his brother. "You lift."

A door opened on the landing and Miss Osei looked out in her dressing gown. "Is that a Bechstein?"

"It's a nightmare," Pavel groaned.

She ran her hand over the lid and smiled. "You'd better come in for tea."

In her sitting room there was hardly space for the three of them between the books. Miss Osei poured. Through the open door they could see the piano, blocking the stairs like a cow.

"Who is it for?" she asked.

Marek looked at his cup. "Our mother. She used to play, before."

"Before what?"

Neither of them answered.

That evening the whole house sat on the stairs, from the cellar to the attic, and listened. It was badly out of tune. Nobody minded.
""",
    {
        "Marek": "a broad man of thirty",
        "Pavel": "his younger brother",
        "Miss Osei": "an old lady, a retired teacher",
    },
    [
        ("int", "stairs", None, ["Marek", "Pavel", "Miss Osei", "Pavel", "Miss Osei"]),
        ("int", "sitting room", None, ["Miss Osei", "Marek", "Miss Osei"]),
        ("int", "stairs", "dusk", []),
    ],
)
AFTERWARDS["lostdog"] = Story(
    """Sam taped the last poster to a lamp post on Miller Street. LOST, it said, and under that, BROWN DOG, ANSWERS TO NOBODY.

"That won't help," said a girl on a scooter.

"It's the truth."

"What's his real name?"

"Nobody," said Sam. "I just told you."

They looked for him in the park until the lamps came on. They looked behind the supermarket and under the bridge. The girl's name was Jo and she had a whistle that only dogs could hear.

"Maybe he doesn't want to be found," she said at last.

Sam sat down on the kerb. He didn't cry, but he took a long time doing up his shoe.

The next morning his mother woke him up. "There's someone in the kitchen for you," she said.

He ran downstairs in his socks. Jo was standing beside the fridge, soaked and grinning, and under the kitchen table something brown was eating the butter.

"I whistled," said Jo.
""",
    {"Sam": "a boy of ten", "Jo": "a girl with a scooter"},
    [
        ("ext", "Miller Street", None, ["Jo", "Sam", "Jo", "Sam"]),
        ("ext", "park", "night", ["Jo"]),
        ("int", "kitchen", "day", ["Mother", "Jo"]),
    ],
)

AFTERWARDS["夜钓"] = Story(
    """水库边的风很硬。老孟支好鱼竿，往保温杯里倒了半杯热茶。

“爸，这能钓着吗？”孟小北缩在折叠椅上，鼻尖通红。

“钓不钓得着，都得坐满两个钟头。”老孟说。

远处的大坝亮着一排灯。两个人谁也没再开口。

忽然浮漂一沉。“来了！”孟小北跳了起来，差点把椅子踢翻。老孟稳稳地收线，提上来一只破球鞋。

孟小北笑得直不起腰：“四十二码的。”

第二天晚上，孟小北在宿舍里给妈妈打电话。“爸最近是不是有心事？”他问。

妈妈沉默了一会儿：“厂里下个月就关了，他没告诉你？”

周末，孟小北坐长途车回了家。他推开车库的门，老孟正坐在里面擦鱼竿。

“今晚还去？”孟小北问。

老孟抬起头，笑了：“去。”
""",
    {"老孟": "五十三岁的男工人", "孟小北": "二十岁的男大学生"},
    [
        ("ext", "水库边", None, ["孟小北", "老孟", "孟小北"]),
        ("int", "宿舍", "night", ["孟小北", "妈妈"]),
        ("int", "车库", None, ["孟小北", "老孟"]),
    ],
)
AFTERWARDS["机器"] = Story(
    """展厅中央，白色的机器人七号正在给孩子们倒果汁，一滴也没有洒出来。

讲解员：大家看，七号可以识别三千种情绪。
小男孩：那它现在是什么情绪？
讲解员：它没有情绪。
七号：我有一点累。

展厅里安静了三秒。讲解员笑着按下了遥控器，七号低下头，不动了。

闭馆以后，保洁员吴姐推着水桶走进展厅。她擦到七号跟前，叹了口气。

“累就歇着吧。”吴姐说。

七号的眼睛亮了：“谢谢。您的膝盖还疼吗？”

吴姐吓得把抹布掉在了地上。

凌晨一点，后门开了。监控室里的保安正打着呼噜，屏幕上，一个白色的影子扶着吴姐，慢慢走过停车场。
""",
    {"七号": "白色的机器人", "讲解员": "年轻的女人", "吴姐": "四十八岁的女保洁员"},
    [
        ("int", "展厅", None, ["讲解员", "小男孩", "讲解员", "七号"]),
        ("int", "展厅", "later", ["吴姐", "七号"]),
        ("ext", "停车场", "night", []),
    ],
)
AFTERWARDS["snowed"] = Story(
    """The plane had been sitting on the runway for five hours when the man in 14C asked for a second blanket.

"We're out of blankets," said the flight attendant. Her badge said Dolly.

"Then may I have yours?"

She laughed, and then she saw that he meant it.

In the terminal the departure boards had gone dark. Somebody was playing cards on a suitcase. Dolly found the man from 14C at the window with a paper cup in each hand.

"Cocoa," he said. "As an apology."

"For the blanket?"

"For the joke. I was nervous. I'm on my way to meet my daughter, and I've never met her before."

Dolly took the cup. Outside, the ploughs went up and down. "How old is she?" she asked.

"Thirty-one on Sunday."

By morning the sky was clear. At the gate he turned round and waved with both hands, like a child. Dolly waved back until the door had closed.
""",
    {"Dolly": "a flight attendant of forty, a woman", "Arthur": "a man of sixty in seat 14C"},
    [
        ("int", "plane", None, ["Dolly", "Arthur"]),
        ("int", "terminal", None, ["Arthur", "Dolly", "Arthur", "Dolly", "Arthur"]),
        ("int", "gate", "day", []),
    ],
)
AFTERWARDS["cellar"] = Story(
    """Beatrix came down the cellar steps with a lantern in one hand and a ham in the other.

"You took your time," said the highwayman.

"There were soldiers in the yard." She put the ham on a barrel. "They want to search the house."

"Let them," he said, but he stopped chewing.

Upstairs a fist hammered on the door. Beatrix blew out the lantern.

In the hall Captain Moore was shaking the rain from his hat. "Forgive the hour, madam," he said. "We are looking for a thief."

"What has he stolen?"

"A ham, among other things."

Beatrix folded her hands. "I should look in the stables, Captain. I thought I heard a horse."

An hour before dawn two riders crossed the moor. Behind them the house was burning, or perhaps it was only the sunrise.

"You might have left the ham," said Beatrix.

The highwayman laughed so hard that he nearly fell off his horse.
""",
    {
        "Beatrix": "a lady of twenty-five",
        "The Highwayman": "a man with a scar",
        "Captain Moore": "an officer",
    },
    [
        ("int", "cellar", None, ["The Highwayman", "Beatrix", "The Highwayman"]),
        ("int", "hall", None, ["Captain Moore", "Beatrix", "Captain Moore", "Beatrix"]),
        ("ext", "moor", "dawn", ["Beatrix"]),
    ],
)
