internal import Manuscript
