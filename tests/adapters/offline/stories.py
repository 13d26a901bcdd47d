"""Stories written by hand, with the scenes and the speakers a reader finds in them."""

# ruff: noqa: E501  (prose keeps its paragraphs in one line each)

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Story:
    """A narrative, its cast, and for each scene: setting, place, hour and who speaks in turn."""

    text: str
    cast: dict[str, str]
    """Name to what the profile says of the appearance."""
    scenes: list[tuple[str, str, str | None, list[str]]] = field(default_factory=list)


GOLD: dict[str, Story] = {}

GOLD["面馆"] = Story(
    """清晨，外婆的面馆里已经冒起了热气。小雨推门进来，把行李放在墙角。

“回来了？”外婆没有抬头，手里的面一下一下拉得很长。

“嗯，回来了。”小雨低声说，“听说这里要拆？”

外婆笑了笑：“先吃面。”

当晚，小雨在阳台上给姐姐打电话。楼下的路灯坏了一盏，忽明忽暗。

“她不肯搬。”小雨说，“谁劝都没用。”

电话那头沉默了很久。

三天后，拆迁办的办公室里挤满了人。一个穿西装的男人站起来，清了清嗓子。他说：“大家安静一下。”没有人听他的。外婆从人群里走出来，把一碗面放在桌上。

“你先吃。”她说，“吃完了，我们再谈。”
""",
    {"小雨": "二十五岁的女孩，短发", "外婆": "七十岁的老太太"},
    [
        ("int", "面馆", "dawn", ["外婆", "小雨", "外婆"]),
        ("ext", "阳台", "night", ["小雨"]),
        ("int", "办公室", None, ["穿西装的男人", "外婆"]),
    ],
)

GOLD["阿尔法"] = Story(
    """飞船驾驶舱里，警报响了第三遍。林夏盯着屏幕上那个不断跳动的光点，没有说话。

机器人阿尔法滑到她身边：“信号来自木星背面，间隔十二秒。”

“能解码吗？”林夏问。

“可以。不过……”阿尔法停顿了一下，“它好像在叫你的名字。”

她的手停在半空。屏幕上只有两个字：“回家”。

一小时后，他们登上了那艘废弃的货船。走廊里结满了冰，手电筒的光在墙上晃动。

“有人吗？”林夏喊道。

没有回答。阿尔法低声提醒她：“氧气只剩百分之二十。”

林夏冲进货舱，看见一个小小的身影蜷缩在角落里。

“别怕。”她蹲下来，轻声说。

小女孩抬起头：“你是来接我的吗？”
""",
    {"林夏": "三十岁的女宇航员，她有一道浅疤", "机器人阿尔法": "银白色的机器人"},
    [
        ("int", "飞船驾驶舱", None, ["机器人阿尔法", "林夏", "机器人阿尔法"]),
        ("int", "走廊", "later", ["林夏", "机器人阿尔法"]),
        ("int", "货舱", "continuous", ["林夏", "小女孩"]),
    ],
)

GOLD["小狐狸"] = Story(
    """很久很久以前，森林里住着一只小狐狸，名叫阿橘。阿橘最喜欢数星星。

一天夜里，天上少了一颗星星。阿橘急得团团转：“谁拿走了我的星星？”

猫头鹰爷爷从树洞里探出头来，慢吞吞地说：“星星掉进湖里啦。”

阿橘来到湖边。湖水黑黑的，只有中间亮着一点光。

“喂！”阿橘朝水里喊，“你冷不冷？”

水里传来一个细细的声音：“我冷。我想回家。”

“我送你回去！”

第二天早上，阿橘敲开了兔子妹妹的家门，又叫来了小刺猬。大家一起编了一张很大很大的网。兔子妹妹说：“这张网连月亮都兜得住。”

到了晚上，他们又来到湖边，把星星捞了上来，轻轻抛回天上。从此以后，那颗星星总是“眨”得最快。
""",
    {"小狐狸阿橘": "橘色的小狐狸", "猫头鹰爷爷": "戴眼镜的猫头鹰", "兔子妹妹": "雪白的小兔子"},
    [
        ("ext", "森林", "night", ["小狐狸阿橘", "猫头鹰爷爷"]),
        ("ext", "湖边", "continuous", ["小狐狸阿橘", "声音", "小狐狸阿橘"]),
        ("int", "家", "day", ["兔子妹妹"]),
        ("ext", "湖边", "night", []),
    ],
)

GOLD["古宅"] = Story(
    """深夜，雨下得很大。王强警官把车停在古宅门口，熄了火。

“就是这里？”他问。

“就是这里。”副驾驶座上的小李点点头，“死者叫周文远，是个画家。”

王强推开大门，走进客厅。壁炉里的火还没有熄，地毯上躺着一个人。管家站在楼梯口，脸色苍白。

“谁发现的？”王强问。

“是我，先生。”管家说，“我来送牛奶，敲了三次门。”

“三次？”小李皱起眉头。

“三次。”

王强没有再问。他走上二楼，推开书房的门。书桌上摊着一幅没画完的肖像，画框背面写着一行字：“不要相信送牛奶的人”。

王强笑了一声，对着对讲机说：“小李，看住管家。”
""",
    {"王强": "四十岁的男警官，穿旧风衣", "小李": "年轻的男警察", "管家": "六十岁的男人"},
    [
        ("ext", "古宅门口", "night", ["王强", "小李"]),
        ("int", "客厅", "continuous", ["王强", "管家", "小李", "管家"]),
        ("int", "书房", "continuous", ["王强"]),
    ],
)

GOLD["咖啡"] = Story(
    """早晨七点，地铁站里人潮涌动。李想打着哈欠，领带歪在一边。

他拐进街角的咖啡馆。“老样子？”店员问。李想点点头：“要大杯的。”

一口下去，整个世界亮了。

下午，会议室里，李想站在白板前，声音洪亮。老板竖起大拇指：“就按他说的办！”

傍晚，李想走在街上，手里还握着那只纸杯。字幕：一杯“清醒”，一天清醒。
""",
    {"李想": "二十八岁的男上班族", "店员": "扎马尾的女孩"},
    [
        ("int", "地铁站", "day", []),
        ("int", "咖啡馆", "continuous", ["店员", "李想"]),
        ("int", "会议室", "day", ["老板"]),
        ("ext", "街上", "dusk", []),
    ],
)

GOLD["letter"] = Story(
    """The kitchen light was already on when Joe came down. He looked for his keys in every drawer, then in every drawer again.

"You had them in your hand, Grandpa," Mia said softly.

"I know where I had them." He sat down. "I don't know where I have them."

She laughed and put the kettle on.

That night, Mia climbed up to the attic. Behind the old sewing machine she found a box, and in the box a letter with her grandmother's name on it.

"Grandpa?" she called down the stairs. "Who is Walter?"

There was no answer for a long time.

The next morning they drove to the harbour. The boats were coming in, and the gulls were loud. An old man stood at the end of the pier with his hat in his hands.

"You kept the letter," said the old man.

Joe shook his head. "She did."
""",
    {
        "Grandpa Joe": "an old man of seventy-eight in a cardigan",
        "Dr. Mia Chen": "a young woman with short black hair",
    },
    [
        ("int", "kitchen", None, ["Dr. Mia Chen", "Grandpa Joe"]),
        ("int", "attic", "night", ["Dr. Mia Chen"]),
        ("ext", "harbour", "day", ["Old man", "Grandpa Joe"]),
    ],
)

GOLD["signal"] = Story(
    """Alpha's eyes flickered blue in the dark of the cockpit. “Captain,” Alpha says, “there is something behind Jupiter.”

“Put it on the screen,” Okafor orders.

A single point of light. It pulses every twelve seconds.

“It is not a star,” says Alpha. “Stars do not count.”

“Count what?”

“Primes.”

Three days later the ship drifts into the shadow of the moon. Okafor floats through the airlock into the derelict. Ice covers the corridor from wall to wall.

“Anyone?” she whispers.

The radio crackles. “Your pulse is at one hundred and forty,” Alpha says. “Shall I sing?”

“Please don’t.” She almost smiles.

At the end of the corridor, a door. On it someone has scratched the word “home”.
""",
    {
        "Robot Alpha": "a silver robot with blue eyes",
        "Captain Okafor": "a tall woman in a patched flight suit",
    },
    [
        (
            "int",
            "cockpit",
            None,
            ["Robot Alpha", "Captain Okafor", "Robot Alpha", "Captain Okafor", "Robot Alpha"],
        ),
        ("int", "corridor", None, ["Captain Okafor", "Robot Alpha", "Captain Okafor"]),
    ],
)

GOLD["dragon"] = Story(
    """Once upon a time, in a village at the foot of a mountain, there lived a girl named Pip who was afraid of nothing except soup.

“The dragon took our bell,” said the baker one morning. “Without the bell, nobody knows when it is Sunday.”

“I'll ask for it back,” said Pip.

She climbed until dusk. At the mouth of the cave she stopped and knocked on the rock, which seemed polite.

“Who knocks?” a deep voice rumbled.

“Pip. I've come about the bell.”

The dragon put out one enormous eye and looked at her. “I like the sound,” he said sadly. “It is quiet up here.”

Pip thought about this. “Then come down on Sundays,” she said, “and ring it yourself.”

And so, every Sunday, the whole village heard the bell, and the dragon had soup. Pip did not.
""",
    {"Pip": "a small girl in red boots", "The Dragon": "a huge green male dragon"},
    [
        ("ext", "village", "day", ["Baker", "Pip"]),
        ("ext", "mouth of the cave", "dusk", ["Deep voice", "Pip", "The Dragon", "Pip"]),
    ],
)

GOLD["lighthouse"] = Story(
    """Tom reached the lighthouse just before midnight. The door was open. Nobody answered when he called, so he stepped into the hall and shook the rain from his coat.

'You're late,' said a voice from the stairs.

'The road's flooded,' Tom said. 'I'm looking for Mr Hale, the keeper.'

'I'm the keeper.' The man didn't come any closer. 'You'd better see the lamp.'

They climbed to the lamp room. The great lens turned without a sound. Below them the sea was black.

'How long have you been here?' Tom asked.

'Since the storm.'

'Which storm?'

The keeper smiled. 'There's only ever been the one.'

At dawn a fishing boat found Tom on the beach, half a mile from where the lighthouse had stood. "Burned down in '62," the skipper said, and he crossed himself.
""",
    {"Tom": "a man of thirty with a wet coat", "The Keeper": "a gaunt man in oilskins"},
    [
        ("int", "hall", "night", ["Voice", "Tom", "The Keeper"]),
        ("int", "lamp room", "continuous", ["Tom", "The Keeper", "Tom", "The Keeper"]),
        ("ext", "beach", "dawn", ["Skipper"]),
    ],
)

GOLD["shoes"] = Story(
    """At dawn Ana ties her shoes on the front steps. The street is empty and wet.

Her neighbour leans out of the window: "Again?"

"Again!" Ana grins.

She runs along the river, past the bridge, past the boats.

In the stadium, the crowd roars. Ana crosses the line first. The coach throws his cap into the air and shouts, "That's my girl!"

Later, at home, she unties the shoes. They are falling apart. On the box it says "Made to be worn out".
""",
    {"Ana": "a young woman in a yellow running shirt", "Coach Brandt": "a bearded man with a cap"},
    [
        ("ext", "front steps", "dawn", ["Neighbour", "Ana"]),
        ("ext", "river", "continuous", []),
        ("int_ext", "stadium", "dawn", ["Coach Brandt"]),
        ("int", "home", "later", []),
    ],
)

HELD_OUT: dict[str, Story] = {}
"""Written when the staging was first finished. At first sight 11 of 19 headings and 41 of 49 turns
were right; they showed what it still got wrong."""

HELD_OUT["渡船"] = Story(
    """天还没亮，老周已经坐在渡口的石阶上。江面上一层白雾，对岸什么也看不见。

一个年轻女人拖着箱子走过来，问：“师傅，这船几点开？”

“人齐了就开。”老周头也不抬。

“我赶时间。”女人看了看表，“能不能先走？”

老周掐灭了烟：“上来吧。”

船到江心，雾散了一些。女人望着水面，忽然说：“我小时候坐过您的船。”

“是吗？”

“那年发大水，您把我从屋顶上背下来。”

老周的手抖了一下，没有接话。

中午，镇上的饭馆里，老周一个人要了两碗面。老板娘端上来，笑着问他：“今天有客人？”

“有。”老周说，“二十年前的客人。”
""",
    {"老周": "六十岁的摆渡老人，男", "年轻女人": "二十多岁，她穿灰色风衣"},
    [
        ("ext", "渡口", "dawn", ["年轻女人", "老周", "年轻女人", "老周"]),
        ("ext", "江心", None, ["年轻女人", "老周", "年轻女人"]),
        ("int", "饭馆", "day", ["老板娘", "老周"]),
    ],
)

HELD_OUT["影子"] = Story(
    """小学三年级的教室里，朵朵发现自己的影子不见了。

她举手：“老师，我的影子丢了。”

全班哄堂大笑。方老师推了推眼镜，温和地说：“丢了东西，要去失物招领处。”

失物招领处在地下室。一个胖胖的老头坐在柜台后面，正在给一把雨伞写标签。

“影子？”老头从抽屉里掏出一团黑乎乎的东西，“是这个吗？”

“不是，这是一只猫的。”

“那这个呢？”

朵朵摇摇头。忽然，墙角传来一声咳嗽。“我在这儿。”她的影子小声说，“我只是想休息一天。”

放学后，朵朵牵着影子走在街上。夕阳把它拉得很长很长。

“明天还来上学吗？”朵朵问。

影子想了想：“看情况。”
""",
    {"朵朵": "九岁的小女孩", "方老师": "戴眼镜的女老师", "影子": "黑色的影子"},
    [
        ("int", "教室", None, ["朵朵", "方老师"]),
        ("int", "地下室", None, ["老头", "朵朵", "老头", "影子"]),
        ("ext", "街上", "dusk", ["朵朵", "影子"]),
    ],
)

HELD_OUT["账本"] = Story(
    """凌晨两点，财务室的灯还亮着。陈默把账本翻到最后一页，手指停在一个名字上。

电话响了。他接起来，没有出声。

“查到了吗？”电话里的声音很低。

“查到了。”陈默说，“可是你不会喜欢这个答案。”

“说。”

“是你哥哥。”

对方挂断了。陈默把账本塞进包里，快步走进电梯。

地下停车场空荡荡的。他刚拉开车门，身后有人按住了他的肩膀。

“陈会计。”韩东笑了笑，“这么晚还加班？”

陈默没有回头：“韩总也没睡。”

“把包给我。”韩东压低了嗓子，“给我，你还能回家。”

三天后，警局门口，一个快递员放下一只纸箱，转身消失在人群里。箱子上写着“举报材料”四个字。
""",
    {"陈默": "三十五岁的男会计", "韩东": "五十岁的男老板"},
    [
        ("int", "财务室", "night", ["声音", "陈默", "声音", "陈默"]),
        ("int", "地下停车场", "continuous", ["韩东", "陈默", "韩东"]),
        ("ext", "警局门口", None, []),
    ],
)

HELD_OUT["ferry"] = Story(
    """Rain hammered the roof of the diner. Lena wiped the counter for the third time and watched the door.

"Closing up?" asked the trucker in the corner booth.

"Soon." She refilled his cup without asking. "You heading north?"

"Always."

The bell rang. A boy of about ten stood in the doorway, soaked to the skin.

"My dad's car is in the river," he said.

Lena was already reaching for her coat. "Show me," she said.

They ran down the hill to the river. Headlights glowed under the brown water. The trucker threw a rope around the nearest tree and tied the other end to his belt.

"If I'm not up in two minutes," he told Lena, "pull."

"And if you're too heavy?"

"Pull harder."

By sunrise the ambulance had gone. Lena sat on the tailgate of the truck with the boy asleep against her shoulder.

"You never told me your name," she said.

The trucker looked at the water. "Walter," he said at last.
""",
    {
        "Lena": "a waitress of forty",
        "The Trucker": "a heavy man in a plaid shirt",
        "Ben": "a boy of ten",
    },
    [
        ("int", "diner", None, ["The Trucker", "Lena", "The Trucker", "Ben", "Lena"]),
        ("ext", "river", "continuous", ["The Trucker", "Lena", "The Trucker"]),
        ("ext", "river", "dawn", ["Lena", "The Trucker"]),
    ],
)

HELD_OUT["clock"] = Story(
    """In the workshop of the old clockmaker nothing ever ticked in time. Felix swept the floor and counted the seconds, and never got the same answer twice.

“Why don’t you mend them?” he asked one afternoon.

“Because then they would all agree,” said Madame Orsini, “and I should have no company.”

Felix considered the cuckoo above the stove. “That one is late.”

“That one,” the clockmaker said sternly, “is shy.”

At midnight Felix crept back into the workshop with a candle. Every hand on every clock was pointing at him.

“You’re early,” whispered a small wooden voice.

“I only wanted to see,” Felix stammered.

The cuckoo opened its door. “Then see,” it said. “But tell nobody what time it really is.”

The next morning Madame Orsini found him asleep under the table. She put a blanket over him and, for the first time in years, wound the clock on the wall.
""",
    {
        "Felix": "a boy of twelve with ink on his fingers",
        "Madame Orsini": "a tall old woman, a clockmaker",
        "The Cuckoo": "a small wooden bird",
    },
    [
        ("int", "workshop", "day", ["Felix", "Madame Orsini", "Felix", "Madame Orsini"]),
        ("int", "workshop", "night", ["Small wooden voice", "Felix", "The Cuckoo"]),
        ("int", "workshop", "day", []),
    ],
)

HELD_OUT["audit"] = Story(
    """Priya spread the invoices across the conference room table. It was nearly eleven at night and the cleaners had gone home.

"There," she said, and tapped the page. "Four payments, same day, same amount."

Marcus leaned closer. "Could be a coincidence."

"Could be." She didn't sound convinced.

His phone buzzed. He read the message, turned it face down and smiled too quickly. "My wife," he said.

In the elevator neither of them spoke. Priya watched the numbers fall.

"Marcus," she said at last, "you're not married."

The doors opened onto the parking garage. Two men in grey suits were waiting beside her car.

"Ms. Nair?" said the taller one. "We'd like those papers."

Six months later, Priya stepped out of the courthouse into a wall of cameras. A reporter shouted, "Was it worth it?"

She stopped on the steps. "Ask me when I find another job."
""",
    {"Priya Nair": "a woman of thirty in a dark suit", "Marcus": "a man with a tidy beard"},
    [
        ("int", "conference room", "night", ["Priya Nair", "Marcus", "Priya Nair", "Marcus"]),
        ("int", "elevator", "night", ["Priya Nair"]),
        ("int", "parking garage", "continuous", ["Taller one"]),
        ("ext", "courthouse", None, ["Reporter", "Priya Nair"]),
    ],
)

FRESH: dict[str, Story] = {}
"""Written after those. At first sight 8 of 12 headings and 24 of 29 turns were right; names made of
adverbs, `Mrs.` and a speaking `it` were mended then."""

FRESH["夜班"] = Story(
    """深夜的便利店里，只有冰柜嗡嗡作响。小满趴在收银台上打瞌睡。

门铃响了。一个穿校服的男孩走进来，在货架前站了很久。

“想买什么？”小满问。

男孩摇头：“我没带钱。”

“那你站这儿干嘛？”

“外面冷。”

小满叹了口气，从保温柜里拿出两个包子。“过期的，”她说，“帮我吃掉。”

第二天傍晚，小满刚走出地铁站，就看见那个男孩蹲在路边。他举起一只热水袋，笑着说：“还你。”

一周后，小满推开病房的门。男孩的妈妈靠在床头，轻声问：“你就是那个姐姐？”

小满点点头，把包子放在床头柜上。
""",
    {"小满": "二十岁的女店员", "男孩": "十二岁的男孩，穿校服"},
    [
        ("int", "便利店", "night", ["小满", "男孩", "小满", "男孩", "小满"]),
        ("ext", "路边", "dusk", ["男孩"]),
        ("int", "病房", None, ["男孩的妈妈"]),
    ],
)

FRESH["铸剑"] = Story(
    """黄昏，铸剑谷的炉火映红了半边天。莫离抡着铁锤，一下比一下重。

“够了。”师父在身后说，“再打，它就碎了。”

“碎了就再铸。”莫离没有停手。

师父长叹一声，转身离去。

当夜，黑衣人翻墙进了后院。为首的女子摘下面纱，冷冷地说：“交出剑，饶你不死。”

莫离握紧剑柄：“剑在这里，有本事来拿。”

三年后，江南的一座小镇上，说书人一拍醒木：“话说那一夜，铸剑谷大火三日不熄……”

茶馆角落里，一个独臂男子放下茶钱，站起身来。

“客官，故事还没讲完呢！”说书人喊道。

“我知道结局。”他说。
""",
    {"莫离": "二十多岁的男剑客", "师父": "白发老人，男", "黑衣女子": "蒙面的女刺客"},
    [
        ("ext", "铸剑谷", "dusk", ["师父", "莫离"]),
        ("ext", "后院", "night", ["黑衣女子", "莫离"]),
        ("int", "茶馆", None, ["说书人", "莫离"]),
    ],
)

FRESH["beacon"] = Story(
    """The shuttle came down hard on the ice. Commander Reyes unbuckled and looked at the empty seat beside her.

"Where's Dietrich?" she asked.

"Outside," said the computer. "He left eleven minutes ago."

Reyes swore and pulled on her helmet.

On the surface the wind had died. A line of footprints led away toward the beacon. She followed them until she saw him kneeling in the snow.

"It's singing," Dietrich said without turning around. "Can't you hear it?"

"I hear your oxygen alarm."

He laughed. "That too."

She took him by the arm and dragged him back into the shuttle. "Seal the door," she ordered, "and turn off every radio we have."

"And if it keeps singing?" the computer asked.

Nobody answered. Hours later, in the dark, all three of them were humming.
""",
    {"Commander Reyes": "a woman of forty", "Dietrich": "a man with frost in his beard"},
    [
        ("int", "shuttle", None, ["Commander Reyes", "Computer"]),
        (
            "ext",
            "surface",
            None,
            ["Dietrich", "Commander Reyes", "Dietrich"],
        ),
        ("int", "shuttle", "continuous", ["Commander Reyes", "Computer"]),
    ],
)

FRESH["bakery"] = Story(
    """Every morning at five, Mr. Abbas lit the ovens in the bakery on Crane Street. This morning somebody had been there before him.

"Hello?" he called.

A girl crawled out from under the table, white with flour. "Don't be angry," she said. "I made bread."

Mr. Abbas looked at the loaf. It was flat, grey and burned on one side. "Who taught you this?"

"Nobody."

"I can see that." He tied an apron around her neck. "Again. Slower."

By noon there was a queue in the street. "What's new today?" asked Mrs. Doyle.

"The baker," said Mr. Abbas, and pointed.

That evening the girl's aunt came to fetch her. She stood in the doorway with folded arms. "She has school tomorrow," the aunt said.

"School is at eight," Mr. Abbas replied gravely. "Bread is at five."
""",
    {"Mr. Abbas": "a stout baker of sixty", "Noor": "a girl of nine in a big apron"},
    [
        ("int", "bakery", "day", ["Mr. Abbas", "Noor", "Mr. Abbas", "Noor", "Mr. Abbas"]),
        ("ext", "street", "day", ["Mrs. Doyle", "Mr. Abbas"]),
        ("int", "bakery", "dusk", ["Aunt", "Mr. Abbas"]),
    ],
)
