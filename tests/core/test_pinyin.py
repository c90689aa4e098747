"""A Chinese name is found by its pinyin and by its initials, read the way pharmacists read it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pinyin import search_keys


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("阿司匹林肠溶片", "asipilinchangrongpian", "asplcrp"),
        ("阿胶", "ejiao", "ej"),
        ("蒙脱石散", "mengtuoshisan", "mtss"),
        ("氯沙坦钾片", "lvshatanjiapian", "lstjp"),
        ("重酒石酸去甲肾上腺素注射液", "zhongjiushisuanqujiashenshangxiansuzhusheye", "zjssqjssxszsy"),
        ("炔诺酮片", "quenuotongpian", "qntp"),
        ("参苓白术散", "shenlingbaizhusan", "slbzs"),
        ("磷酸川芎嗪注射液", "linsuanchuanxiongqinzhusheye", "lscxqzsy"),
        ("黄柏胶囊", "huangbojiaonang", "hbjn"),
        ("冠脉药物洗脱支架系统", "guanmaiyaowuxituozhijiaxitong", "gmywxtzjxt"),
        ("一次性使用手术衣", "yicixingshiyongshoushuyi", "ycxsyssy"),
    ],
)
def test_name_is_read_by_its_phrases(name, pinyin, initials):
    keys = search_keys(name)
    assert (keys.pinyin, keys.initials) == (pinyin, initials)


def test_digits_and_latin_letters_stay_in_lower_case_and_punctuation_goes():
    assert search_keys("小儿碳酸钙D3颗粒").initials == "xetsgd3kl"
    assert search_keys("复方氨基酸注射液(18AA-Ⅱ)").pinyin == "fufanganjisuanzhusheye18aaii"
    assert search_keys("中/长链脂肪乳注射液(C8-24Ve)").initials == "zclzfrzsyc824ve"
    assert search_keys("ＥＸＣＲＯＳＳＡＬ 支架").pinyin == "excrossalzhijia"
    assert search_keys("") == search_keys("（）")


@given(st.text(max_size=60))
def test_keys_of_any_text_are_short_enough_and_without_blanks_or_capitals(text):
    keys = search_keys(text)
    for key in (keys.pinyin, keys.initials):
        assert key == key.lower()
        assert not any(character.isspace() for character in key)


FIRST_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from core.pinyin import search_keys

sys.setswitchinterval(1e-6)
together = Barrier(8)


def ask(_number):
    together.wait()
    return search_keys("阿司匹林肠溶片").initials


with ThreadPoolExecutor(8) as threads:
    assert set(threads.map(ask, range(8))) == {"asplcrp"}
"""


def test_the_first_threads_of_a_web_server_ask_at_once():
    """A new process: what loads the dictionary must not break it for whoever asks at the same moment."""
    done = subprocess.run([sys.executable, "-c", FIRST_THREADS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
