using System.Text;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

/// <summary>Documents from a seed, of words that a page shows (<c>seen</c> with a number) and words that it hides (<c>secret</c>).</summary>
internal static class DialectDocument
{
    private static readonly string[] Shapes =
    [
        "# S", "## S {#H}", "S\n===", "### S <!-- H -->", "<h2 id=\"H\">S</h2>", "S S\nS", "S <!-- H --> S", "S <!-- H\nH --> S", "<!-- H\n\nH -->", "<script>\nH\n\nH\n</script>",
        "<a id=\"H\"></a>", "[H]: http://H \"H\"", "S ![S](data:image/png;base64,H) S", "S <b class=\"H\">S</b> S", "- S\n- S\n\n  S\n  - S", "1. S\n\n   S\n2. S", "> S\n> S\n>\n> S",
        "> - S\n>   S", "> [!NOTE]\n> S", "```js\nS <!-- S -->\n\n{{ S }}\n# S\n```", "~~~\nS\n\n```\nS\n~~~", "    S\n\n    S", "- S\n\n  ```\n  S\n\n  S\n  ```\n  S",
        "| S | S |\n|---|---|\n| S | S |\n| S | <i>S</i> |", "<table><tr><th>S</th></tr>\n<tr><td>S</td></tr></table>", "<ul>\n<li>S</li>\n<li>S</li>\n</ul>", "<pre><code>S\n\nS</code></pre>",
        "<details>\n<summary>S</summary>\n\nS\n\n</details>", "<div class=\"H\">\n\nS\n\n</div>", "$$\nS\n=\nS\n$$", "S $S_1$ S", "S[^n] S\n\n[^n]: S\n\n    S", "S\n: S\n\n    S", "::: tip S\nS\n\nS\n:::",
        ":::note[S]\n\n- S\n\n:::", "!!! note \"S\"\n    S\n\n    - S\n\n      S", "??? tip \"S\"\n\n    S", "=== \"S\"\n\n    S\n\n=== \"S\"\n\n    S", "{% include H.html %}\nS", "{% if H %}\nS\n{% endif %}",
        "{% highlight rb %}\nS\n\nS\n{% endhighlight %}", "{% comment %}\nH\n{% endcomment %}", "{{< figure src=\"H\" title=\"S\" >}}", "{{% note %}}\nS\n{{% /note %}}", "S {{< H >}} S", "S {{ page.H }} S",
        "import H from 'H';", "export const H = {\n  a: 1,\n\n};", "<Tabs H={[{a: 'H'}]}>\n<TabItem value=\"H\" label=\"S\">\n\nS\n\n</TabItem>\n</Tabs>", "{/* H */}", "S <Badge type=\"H\" text=\"S\" />",
        "S\n{: .H}", "[[toc]]", "--8<-- \"H\"", "<<< @/H", "S `{{ S }}` <!-- H -->", "[S](http://x) [S][ref] [ref]\n\n[ref]: H", "***", "S `unclosed\n\nS", "S <!-- S", "\\[\nS\n\\]",
        "<div markdown=\"1\">\n# S\nS\n</div>",
        "{::comment}\nH\n\nH\n{:/comment}", "S {::comment}H{:/} S", "* TOC\n{:toc}", "<Tabs>\n    <TabItem value=\"H\" label=\"S\">\n\n    S\n\n    - S\n\n    </TabItem>\n</Tabs>",
        "<Card title=\"S\"><p>S</p></Card>S", "{{% tab name=\"S\" %}}S{{% /tab %}}", "{{</* S */>}} S", "<CodeBlock>{`S\nS`}</CodeBlock>", "<div hidden>\n\n# H\n\nH\n\n</div>",
        "<TABLE><TR><TD>S</TD><TD><pre>S\nS</pre></TD></TR></TABLE>", "<table>\n<tr><td>\n\n```\nS\n```\n\n</td><td>S</td></tr></table>", "| S | S |\n|---|---|\n| S | <ul><li>S</li></ul> |",
        "S <code>{{ S }} {% S %}</code> S", "!!!note \"S \"S\" S\"\n    S\n    S", "<dl><dt>S</dt><dd><p>S</p><p>S</p></dd></dl>", "S\n\n:   * S\n    * S", "S <video>H</video> S", "<template>\n\nH\n\n</template>", "<p>S</p>\nS", "* S\n\n\n\n* S", "S\n# S\nS", "S\n> S\nS", "- S\n> S\n- S", "1) S\n- S\n+ S", "- \n\n  S", "-\n\nS", "\tS", "> ```\n> S\n>\n> S\n> ```\nS",
    ];

    public static string Create(int seed)
    {
        Random random = new(seed);
        StringBuilder text = new();
        int number = 0;
        for (int shape = random.Next(1, 12); shape > 0; shape--)
        {
            foreach (char c in Shapes[random.Next(Shapes.Length)])
            {
                _ = c switch
                {
                    'S' => text.Append("seen").Append(seed % 10).Append('x').Append(number++),
                    'H' => text.Append("secret").Append(number++),
                    _ => text.Append(c),
                };
            }

            text.Append("\n\n");
        }

        return random.Next(3) == 0 ? text.Replace("\n", "\r\n").ToString() : text.ToString();
    }
}
