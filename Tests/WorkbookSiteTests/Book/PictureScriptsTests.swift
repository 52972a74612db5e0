import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookSite

@Suite struct PictureScriptsTests {
  private func mayRun(_ text: String) -> Bool { PictureScripts.mayRun(in: Data(text.utf8)) }

  @Test(arguments: [
    "<svg><script>alert(1)</script></svg>", "<svg><x:SCRIPT href='a'/></svg>",
    "<svg onload='a'/>", "<svg a='b'\nonload = \"a\"/>", "<svg a='b'onload='a'/>",
    "<svg/onload='a'>",
    "<svg><a href='javascript:a'/></svg>", "<svg><a xlink:href=' java&#x0000073;cript:a'/></svg>",
    "<svg><a href='java&#10;script&#58;a'/></svg>",
    "<svg><set attributeName='onclick' to='a'/></svg>",
    "<svg><animate values='a;javascript:b'/></svg>",
    "<svg><foreignObject><iframe srcdoc='a'/></foreignObject></svg>",
    "<svg><p srcdoc='&lt;script>'/></svg>", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
    "<?xml-stylesheet href='a'?><svg/>", "<?xml version='1.0' encoding='utf-7'?><svg/>",
    "<svg\u{0}/>",
    "<!DOCTYPE svg SYSTEM \"><!--\"><svg><script>a</script><text>--></text></svg>",
    "<!DOCTYPE svg PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"\"><svg/>", "<!ELEMENT a><svg/>",
    "<svg><a href='javascript&colon;a'/></svg>",
    "<svg><!-- --><script/></svg>", "<svg><![CDATA[ ]]><script/></svg>",
  ])
  func `what may run a script is found`(text: String) {
    #expect(mayRun(text))
  }

  @Test(arguments: [
    "<svg xmlns='http://www.w3.org/2000/svg' font-family='a, b'><title>a on = b</title></svg>",
    "<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n  \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>",
    "<!DOCTYPE svg><svg a='&amp;&#38;&#x26;&quot;'/>",
    "<svg><!-- <script> --><style><![CDATA[ <script> a > b ]]></style></svg>",
    "<svg><image href='data:image/png;base64,AA'/><use id='one' xlink:href='#on'/></svg>",
    "<svg><text>javascript: is a word</text></svg>", "", "<", "<svg a='",
  ])
  func `a plain picture is one`(text: String) {
    #expect(!mayRun(text))
  }

  @Test func `our own curves are plain pictures`() {
    let curves = Curve.curves(in: "99 876.6\n199 10.5\n299 0.18", name: "a <b> & \"c\"")
    let picture = CurvePicture(curves, quantity: "loss")
    #expect(!mayRun(picture.inlineSVG))
    #expect(!mayRun(picture.fileSVG))
  }

  @Test func `text that is no UTF-8 may be anything`() {
    #expect(PictureScripts.mayRun(in: Data([0xFF, 0xFE])))
  }
}
