import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from heed import ARTIFACTS, SHARED, Folder  # noqa: E402

PEOPLE = {
    "accounts.csv": "id,name,tier,manager,annualValue,currency,renewal,since\n"
    "acme,Acme Tools,gold,ines,9000,EUR,2027-01-15,2019-03-01\n"
    "birch,Birch & Sons,silver,omar,4200,EUR,2027-06-30,2021-05-01\n",
    "contacts.csv": "id,account,name,email,role,language\n"
    "maria,acme,Maria Lopez,maria@acme.example,decision-maker,en\n"
    "tariq,acme,তারিক হাসান,tariq@acme.example,influencer,bn\n"
    "layla,birch,ليلى حداد,layla@birch.example,decision-maker,ar\n"
    "bob,birch,\"Bob <b>Stone</b> & Co\",bob@birch.example,user,en\n",
}


@pytest.fixture
def empty(tmp_path):
    """A data folder that does not exist yet."""
    return Folder(tmp_path / "data")


@pytest.fixture
def folder(empty):
    """A data folder with the shipped surveys published and two accounts with their people."""
    empty.run("publish")
    for name, text in PEOPLE.items():
        empty.run("import", name.removesuffix(".csv"), empty.write(name, text))
    return empty


@pytest.fixture(scope="session")
def shared():
    if not SHARED.exists():
        pytest.skip("the folder shared/ with real data does not stand beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def artifacts():
    ARTIFACTS.mkdir(exist_ok=True)
    return ARTIFACTS
