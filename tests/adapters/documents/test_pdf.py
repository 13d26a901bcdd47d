"""The treatment as a PDF, read back with PDFium."""

from __future__ import annotations

import ctypes
import dataclasses
import io
import json
import re
import tempfile
import unicodedata

import pypdfium2
import pytest
import typst
from PIL import Image as Pictures
from pypdfium2 import raw

from src.spark.adapters.documents import pdf, typesetter
from src.spark.adapters.documents.pdf import PdfPress
from src.spark.adapters.documents.treatment import HEADS, Treatment
from src.spark.adapters.offline.illustrator import OfflineIllustrator
from src.spark.adapters.offline.writer import OfflineWriter
from src.spark.errors import SparkError
from src.spark.models import CharacterProfile
from src.spark.renditions import Image, Manuscript

from ...samples import a_project, an_idea

IDEAS = {
    "zh": an_idea(
        basic_characters=["林夏", "AI助手小白", "老船长"],
        plot_points=["林夏收到一段神秘信号", "她和小白飞往信号的源头", "最后他们见到了外星文明"],
    ),
    "en": an_idea(
        theme="Loneliness and first contact",
        genre="science fiction",
        target_audience="adults",
        basic_characters=["Mia", "her robot Bolt", "the old captain"],
        plot_points=["Mia picks up a strange signal", "She flies out to its source"],
        visual_style="cinematic",
        mood="tense",
    ),
}
HOSTILE = [
    '#panic("no") #import "x.typ": *',
    "$ x^2 $ @cite <label> [content] {code}",
    "*bold* _emph_ `raw` = Heading - item + item / term: x",
    "\\u{41} \\ // comment /* block */ ~ -- --- ...",
    "\"quoted\" 'single' &amp; <b>&lt;</b> %20 \\n",
    "𠮷 😀 🚀 1–2 ‰ ½ \u20ac \u0e01",
    "e\u0301 a\u0308 \u0301",
]
BIDI = "שלום עולם"


def a_picture(width=768, height=768, kind="PNG", mode="RGB"):
    file = io.BytesIO()
    Pictures.effect_noise((width, height), 60).convert(mode).save(file, kind)
    return Image(file.getvalue(), f"image/{kind.lower()}", "/media/x")


def a_manuscript(language="zh", portraits=None, **fields):
    idea = IDEAS[language]
    writer = OfflineWriter()
    outline = writer.outline(idea, {}).value
    project = a_project(
        user_idea=idea,
        story_outline=outline,
        character_profiles=writer.cast(idea, outline, {}).value,
        project_name="深空回声" if language == "zh" else "Deep Echo",
    )
    return Manuscript(project.model_copy(update=fields), language, portraits or {})


def with_story(manuscript, **fields):
    outline = manuscript.project.story_outline.model_copy(update=fields)
    project = manuscript.project.model_copy(update={"story_outline": outline})
    return dataclasses.replace(manuscript, project=project)


@pytest.fixture(scope="module", params=["zh", "en"])
def whole(request):
    """A normal project with its portraits, and what it was set as."""
    manuscript = a_manuscript(request.param)
    illustrator, idea = OfflineIllustrator(), IDEAS[request.param]
    for profile in manuscript.project.character_profiles:
        drawn = illustrator.portrait(profile, idea, [])
        manuscript.portraits[profile.name] = Image(drawn.data, drawn.mime_type, "/media/x")
    return manuscript, PdfPress().set(manuscript)


def pages_of(data):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def squeezed(text):
    """`text` without what breaking it into lines adds or takes away."""
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[\s\x02\x00\xad\u200b\ufffe\ufeff-]+", "", text)


def told(data):
    return squeezed("".join(pages_of(data)))


def images_in(page):
    return [o for o in page.get_objects() if o.type == raw.FPDF_PAGEOBJ_IMAGE]


def test_the_title_page_names_title_project_version_and_date(whole):
    manuscript, data = whole
    page, treatment = squeezed(pages_of(data)[0]), Treatment.of(manuscript)
    for text in (
        treatment.title,
        treatment.name,
        treatment.heads.treatment,
        treatment.version,
        treatment.date,
    ):
        assert squeezed(text) in page


def test_everything_that_is_told_is_in_it(whole):
    manuscript, data = whole
    text, treatment = told(data), Treatment.of(manuscript)
    facts = [fact.text for fact in treatment.facts]
    for said in [treatment.logline, *facts, *treatment.plot, *treatment.story]:
        assert squeezed(said) in text
    assert len(treatment.sheets) == 3
    for sheet in treatment.sheets:
        parts = [part.text for part in sheet.parts]
        ties = [said for tie in sheet.ties for said in (tie.other, tie.text)]
        for said in [sheet.name, sheet.role, *parts, *sheet.motivations, *ties, *sheet.tags]:
            assert squeezed(said) in text


def test_every_page_but_the_first_says_where_one_is(whole):
    manuscript, data = whole
    pages, treatment = pages_of(data), Treatment.of(manuscript)
    title, count = squeezed(treatment.title), len(pages)
    assert "/" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert squeezed(page).startswith(title)
        assert f"{number} / {count}" in page
    heads = treatment.heads
    for sheet in treatment.sheets:
        opening = f"{title}{squeezed(heads.cast)}·{squeezed(sheet.name)}"
        assert any(squeezed(page).startswith(opening) for page in pages)
    for head in (heads.logline, heads.story, heads.continuity, heads.relationships):
        assert any(squeezed(page).startswith(title + squeezed(head)) for page in pages)


def test_each_character_has_a_page_with_a_portrait(whole):
    manuscript, data = whole
    document, heads = pypdfium2.PdfDocument(data), HEADS[manuscript.language]
    assert len(images_in(document[0])) == 3
    for profile in manuscript.project.character_profiles:
        (own,) = [
            page
            for page in document
            if f"{squeezed(heads.cast)}·{squeezed(profile.name)}"
            in squeezed(page.get_textpage().get_text_range())
        ]
        (portrait,) = images_in(own)
        left, _, right, _ = portrait.get_bounds()
        assert right - left > 200
        assert portrait.get_px_size()[0] / (right - left) * 72 > 200


def test_the_outline_leads_to_the_parts_and_the_characters(whole):
    manuscript, data = whole
    document, heads = pypdfium2.PdfDocument(data), HEADS[manuscript.language]
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    names = [(1, Treatment.of(manuscript).sheets[n].name) for n in range(3)]
    assert marks == [
        (0, heads.logline),
        (0, heads.idea),
        (1, heads.plot),
        (0, heads.story),
        (0, heads.cast),
        *names,
        (0, heads.continuity),
        (0, heads.relationships),
    ]
    places = [mark.get_dest().get_index() for mark in document.get_toc()]
    assert places == sorted(places)
    assert places[0] == 1


def test_it_says_what_it_is_and_not_who_made_it(whole):
    manuscript, data = whole
    document = pypdfium2.PdfDocument(data)
    about = document.get_metadata_dict()
    assert about["Title"] == manuscript.project.story_outline.title
    assert about["Author"] == ""
    assert about["CreationDate"].startswith("D:20240101000000")
    assert f"/Lang({manuscript.language}".encode() in data.replace(b"/Lang (", b"/Lang(")
    assert document.is_tagged()


def test_a_portrait_is_described_for_whoever_does_not_see_it(whole):
    manuscript, data = whole
    page = pypdfium2.PdfDocument(data)[0]
    assert [said for said in alternatives(page) if said] == [
        profile.name for profile in manuscript.project.character_profiles
    ]


def alternatives(page):
    tree = raw.FPDF_StructTree_GetForPage(page)
    waiting = [
        raw.FPDF_StructTree_GetChildAtIndex(tree, n)
        for n in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop(0)
        said = ctypes.create_string_buffer(1000)
        size = raw.FPDF_StructElement_GetAltText(element, said, len(said))
        yield said.raw[: max(size - 2, 0)].decode("utf-16-le")
        count = raw.FPDF_StructElement_CountChildren(element)
        children = [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
        waiting = [child for child in children if child] + waiting


def test_its_fonts_are_inside(whole):
    _, data = whole
    document = pypdfium2.PdfDocument(data)
    fonts = {
        (font.get_base_name().split("+")[-1], font.is_embedded)
        for page in document
        for found in page.get_objects([raw.FPDF_PAGEOBJ_TEXT])
        for font in [found.get_font()]
    }
    assert ("NotoSansCJKsc-Regular", True) in fonts
    assert all(embedded for _, embedded in fonts)


def test_the_same_manuscript_is_the_same_file(whole):
    manuscript, data = whole
    assert PdfPress().set(manuscript) == data
    assert PdfPress().set(with_story(manuscript, title="另一个")) != data


def test_no_text_is_markup():
    hostile = [*HOSTILE, BIDI]
    manuscript = with_story(
        a_manuscript("en"), title=HOSTILE[0], summary=HOSTILE[1], narrative_text="\n".join(hostile)
    )
    cast = [
        CharacterProfile(
            name=said,
            role=said,
            appearance=said,
            motivations=[said],
            relationships={said: said},
            visual_consistency_tags=[said],
        )
        for said in hostile
    ]
    project = manuscript.project.model_copy(update={"character_profiles": cast})
    data = PdfPress().set(dataclasses.replace(manuscript, project=project))
    text = told(data)
    for said in HOSTILE:
        assert text.count(squeezed(said)) >= 7, said
    assert text.count(squeezed(BIDI)) + text.count(squeezed(BIDI)[::-1]) >= 7
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(data).get_toc()]
    assert [mark for mark in marks if mark in HOSTILE] == HOSTILE


def test_what_cannot_be_printed_is_left_out_and_nothing_else():
    story = "第一\x00段\x07。\r\n第二\x1b段\u2028。\rThird\ttab\x0bulated."
    text = told(PdfPress().set(with_story(a_manuscript(), narrative_text=story)))
    assert "第一段。第二段。Thirdtabulated." in text


def test_names_and_words_longer_than_a_line_stay_on_the_page():
    name = ("Wolfeschlegelsteinhausenbergerdorff" * 6)[:200]
    profile = CharacterProfile(
        name=name, role=name, appearance=name * 9, relationships={name[::-1]: "。" * 300}
    )
    manuscript = with_story(
        a_manuscript("en", character_profiles=[profile], project_name=name[::-1]),
        title=name,
        narrative_text=name * 5 + "！" * 100,
    )
    data = PdfPress().set(manuscript)
    text = told(data)
    for said in (name * 5 + "！" * 100, name[::-1], "。" * 300):
        assert said in text
    for page in pypdfium2.PdfDocument(data):
        for found in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            left, low, right, high = found.get_bounds()
            assert left > 60
            assert right < page.get_width() - 60
            assert low > 30
            assert high < page.get_height() - 30


def test_a_long_story_is_told_to_its_end_after_a_table_of_contents():
    paragraph = a_manuscript("zh").project.story_outline.narrative_text.replace("\n", "")
    story = "\n".join(f"（{n}）{paragraph}" for n in range(40))
    data = PdfPress().set(with_story(a_manuscript("zh"), narrative_text=story))
    pages = pages_of(data)
    assert "目录" in pages[1]
    assert "（39）" in told(data)
    assert squeezed(paragraph[:30]) in told(data)
    assert all(len(squeezed(page)) > 60 for page in pages[1:])
    cast = next(n for n, page in enumerate(pages, 1) if "角色设定·林夏" in squeezed(page))
    assert f"林夏{cast}" in squeezed(pages[1])


def test_a_project_of_which_little_is_told_has_no_empty_page():
    profile = CharacterProfile(name="林夏", relationships={"不在册的人": "旧债"})
    manuscript = with_story(
        a_manuscript("zh", character_profiles=[profile]), narrative_text="", summary=""
    )
    data = PdfPress().set(manuscript)
    pages, heads = pages_of(data), HEADS["zh"]
    assert len(pages) == 4
    assert heads.story not in told(data)
    assert heads.continuity not in told(data)
    assert "不在册的人" in pages[3]
    assert "旧债" in pages[3]


def test_a_project_without_characters_is_a_document_too():
    data = PdfPress().set(a_manuscript("en", character_profiles=[]))
    assert len(pages_of(data)) == 3
    assert HEADS["en"].cast not in [m.get_title() for m in pypdfium2.PdfDocument(data).get_toc()]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB")],
)
def test_any_kind_of_picture_is_shown(kind, mode):
    portrait = a_picture(640, 900, kind, mode)
    manuscript = a_manuscript("zh", portraits={"林夏": portrait})
    document = pypdfium2.PdfDocument(PdfPress().set(manuscript))
    assert len(images_in(document[0])) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", a_picture().data[:2000], b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_a_picture_that_cannot_be_read_is_left_out(data):
    portraits = {"林夏": Image(data, "image/png", "/x"), "老船长": a_picture()}
    data = PdfPress().set(a_manuscript("zh", portraits=portraits))
    assert len(images_in(pypdfium2.PdfDocument(data)[0])) == 1
    assert "老船长" in told(data)
    assert "林夏" in told(data)


def test_large_pictures_make_no_large_file():
    portrait = a_picture(2048, 2048)
    assert len(portrait.data) > 2_000_000
    data = PdfPress().set(a_manuscript("zh", portraits={"林夏": portrait}))
    assert len(data) < 700_000


def test_a_failure_of_the_typesetter_is_ours_and_tells_no_paths(monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text('#panic("what went wrong")')
    monkeypatch.setattr(pdf, "_TEMPLATE", broken)
    with pytest.raises(SparkError) as caught:
        PdfPress().set(a_manuscript())
    for language in ("zh", "en"):
        assert str(tmp_path) not in caught.value.message(language)
    assert "what went wrong" in "".join(caught.value.__cause__.__notes__)


def test_a_typesetter_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "_LONGEST", 0.001)
    with pytest.raises(SparkError):
        PdfPress().set(a_manuscript())


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_is_left_behind(monkeypatch, tmp_path, fails):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if fails:
        monkeypatch.setattr(pdf, "_LONGEST", 0.001)
        with pytest.raises(SparkError):
            PdfPress().set(a_manuscript())
    else:
        PdfPress().set(a_manuscript("zh", portraits={"林夏": a_picture()}))
    assert list(tmp_path.iterdir()) == []


def test_a_sign_that_no_font_has_is_a_box_with_its_number():
    story = "他姓\U000323b0，叫\U000323ae。"
    data = PdfPress().set(with_story(a_manuscript("zh"), narrative_text=story))
    assert story in told(data)
    boxes = [
        found
        for page in pypdfium2.PdfDocument(data)
        for found in page.get_objects([raw.FPDF_PAGEOBJ_TEXT])
        if "SparkCodes" in found.get_font().get_base_name()
    ]
    assert len(boxes) == 2


def test_the_command_sets_what_lies_in_the_folder(tmp_path):
    template = tmp_path / "t.typ"
    template.write_text('#json("data.json").said')
    (tmp_path / "data.json").write_text(json.dumps({"said": "*as it is*"}))
    typesetter.main(str(template), str(tmp_path), str(pdf._FONT), "0")
    assert "*as it is*" in pages_of((tmp_path / typesetter.RESULT).read_bytes())[0]


def test_a_text_that_typst_panics_at_is_set_with_boxes(monkeypatch, tmp_path):
    class PanicException(BaseException):
        """As Typst's own is named; no name of it can be imported."""

    compile_well, panics = typst.compile, [True]

    def compile_badly(source, **options):
        if "root" in options and panics.pop():
            panics.append(False)
            raise PanicException
        return compile_well(source, **options)

    template = tmp_path / "t.typ"
    template.write_text(
        '#set text(font: ("Noto Sans CJK SC", "Spark Codes"))\n#json("data.json").said'
    )
    (tmp_path / "data.json").write_text(json.dumps({"said": "中文 Жя"}))
    monkeypatch.setattr(typst, "compile", compile_badly)
    typesetter.main(str(template), str(tmp_path), str(pdf._FONT), "0")
    data = (tmp_path / typesetter.RESULT).read_bytes()
    assert squeezed(pages_of(data)[0]) == "中文Жя"
