using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Html.Tests.Blocks;

public sealed class CodeTests
{
    [Theory]
    [InlineData("<pre>\nif x:\n    y()\n</pre>", "if x:\n    y()")]
    [InlineData("<pre><code>a\n\n  <span class=k>b</span></code></pre>", "a\n\n  b")]
    [InlineData("<pre>a<br>  b</pre>", "a\n  b")]
    [InlineData("<pre>a\r\n  b</pre>", "a\n  b")]
    [InlineData("<pre><span class=linenos>1</span>a\n<span class=linenos>2</span>b</pre>", "a\nb")]
    [InlineData("<pre><code><span class=line>a</span><span class=line>  b</span></code></pre>", "a\n  b")]
    [InlineData("<pre><code><div class=token-line>a</div><div class=token-line>  b</div></code></pre>", "a\n  b")]
    [InlineData("<pre><code><span class=line>a</span>\n<span class=line>  b</span></code></pre>", "a\n  b")]
    [InlineData("<table class=highlighttable><tr><td class=linenos><pre>1\n2</pre></td><td class=code><pre>a\n  b</pre></td></tr></table>", "a\n  b")]
    [InlineData("<pre><code><table class=hljs-ln><tr><td class='hljs-ln-numbers'>1</td><td>a</td></tr><tr><td class='hljs-ln-numbers'>2</td><td>  b</td></tr></table></code></pre>", "a\n  b")]
    [InlineData("<pre><code>import a</code><code>require(a)</code></pre>", "import a\nrequire(a)")]
    [InlineData("<div class=highlight><button>Copy</button><pre>&lt;T&gt;</pre></div>", "<T>")]
    public async Task ReadAsync_Code_KeepsLinesAndIndentation(string html, string expected)
    {
        DocumentContent content = await PageReading.ReadAsync(html);
        Assert.Equal([expected], PageReading.Blocks(content));
        Assert.Equal(DocumentBlockKind.Code, content.Sections[0].Blocks[0].Kind);
    }
}
