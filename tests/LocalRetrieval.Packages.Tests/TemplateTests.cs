using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;

namespace LocalRetrieval.Packages.Tests;

/// <summary>The templates, installed from their package: applications are created, built and asked.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed class TemplateTests(PackageFeed feed)
{
    private const string Id = "LocalRetrieval.Templates";

    // As strict as a project can be without rules of its own.
    private static readonly string[] Strictly = ["-p:AnalysisLevel=latest-recommended", "-warnaserror"];

    private static readonly Dictionary<string, string> Offline = new() { ["OPENAI_API_KEY"] = "" };

    public static TheoryData<string> Projects => ["content/localrag-console/LocalRagConsole.csproj", "content/localrag-web/LocalRagWeb.csproj"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Pack_Templates_NamesTheVersionsThatItWasPackedWith(string project)
    {
        PackageFile package = PackageFile.Read(feed.Packages, Id, feed.Version);
        Dictionary<string, string> central = Versions(XDocument.Load(Checkout.Path("Directory.Packages.props")), "PackageVersion");

        Dictionary<string, string> named = Versions(XDocument.Parse(package.Text(project)), "PackageReference");

        Assert.Equal("Template", package.Metadata.Descendants(package.Metadata.Name.Namespace + "packageType").Single().Attribute("name")!.Value);
        Assert.Contains("LocalRetrieval.Documents.Pdf", named.Keys);
        Assert.Contains("Microsoft.Extensions.AI.OpenAI", named.Keys);
        Assert.All(named, reference => Assert.Equal(PackageProjects.Ids.Contains(reference.Key) ? feed.Version : central[reference.Key], reference.Value));
    }

    // A name that is no identifier, and among the documents source code that does not compile.
    [Fact]
    public async Task Console_Created_AnswersFromItsFolder()
    {
        Application application = await Application.CreateAsync(feed, "localrag-console", "7 ask-me.class");
        await File.WriteAllTextAsync(Path.Combine(application.Folder, "docs", "Broken.cs"), "class {");
        string executable = await application.BuildAsync(Strictly);
        using StubEndpoint endpoint = StubEndpoint.Streaming(StubEndpoint.Answer("A tool is lent for seven days [1]."));
        using StubEndpoint refusing = StubEndpoint.Answering("{}", status: 401);

        string found = await CommandLine.RunAsync("bash", application.Folder,
            ["-c", $"printf 'For how long is a tool lent?\\nWhen is the workshop open?\\n\\n' | '{executable}'"], Offline);
        string answered = await CommandLine.RunAsync(executable, application.Folder, ["For how long", "is a tool lent?"], Model(endpoint));
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CommandLine.RunAsync(executable, application.Folder, ["For how long is a tool lent?"], Model(refusing)));
        InvalidOperationException lost = await Assert.ThrowsAsync<InvalidOperationException>(() => CommandLine.RunAsync(executable, feed.Path("cache"), ["?"], Offline));

        Assert.Matches(@"(?s)borrowing\.md  Borrowing > How long\nA tool is lent for seven days.*workshop\.md  The workshop > Opening hours\nThe workshop is open on Tuesdays", found);
        Assert.Contains("lent for seven days [1].", answered, StringComparison.Ordinal);
        Assert.Contains("[1] borrowing.md  Borrowing > How long", answered, StringComparison.Ordinal);
        Assert.Contains("The chat model gave no answer", refused.Message, StringComparison.Ordinal);
        Assert.Contains("borrowing.md  Borrowing > How long", refused.Message, StringComparison.Ordinal);
        Assert.Contains("There is no folder", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_Created_SearchesAnswersAndTellsItsHealth()
    {
        Application application = await Application.CreateAsync(feed, "localrag-web", "class");
        using StubEndpoint endpoint = StubEndpoint.Streaming(StubEndpoint.Answer("A tool is lent for seven days [1]."));
        using WebServer server = await WebServer.StartAsync(await application.BuildAsync(Strictly), application.Folder, Model(endpoint));

        JsonElement found = await WhenIndexedAsync(server.Client, "/search?q=For%20how%20long%20is%20a%20tool%20lent%3F&top=2");
        JsonElement tagged = await server.Client.GetFromJsonAsync<JsonElement>("/search?q=For%20how%20long%20is%20a%20tool%20lent%3F&tag=visit");
        using HttpResponseMessage asked = await server.Client.PostAsJsonAsync("/ask", "For how long is a tool lent?");
        string answer = await asked.Content.ReadAsStringAsync();

        Assert.Equal(("borrowing.md", 2), (found[0].GetProperty("source").GetString(), found.GetArrayLength()));
        Assert.All(tagged.EnumerateArray(), hit => Assert.Equal("workshop.md", hit.GetProperty("source").GetString()));
        Assert.Equal("text/event-stream", asked.Content.Headers.ContentType?.MediaType);
        Assert.Matches(@"(?s)event: text\ndata: \{""text"":""A tool is lent for seven days \[1\]\."".*event: sources\ndata: \{.*""number"":1,""source"":""borrowing\.md""", answer);
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/live"));
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/ready"));
        await AssertRefusesAsync(server.Client);
        await AssertShowsAPageAsync(server.Client);
    }

    [Fact]
    public async Task Web_WithoutReadersAndModel_SaysWhatToSet()
    {
        Application application = await Application.CreateAsync(feed, "localrag-web", "plain", "--readers", "false");
        using WebServer server = await WebServer.StartAsync(await application.BuildAsync(), application.Folder, Offline);
        await WhenIndexedAsync(server.Client, "/search?q=tool");

        using HttpResponseMessage asked = await server.Client.PostAsJsonAsync("/ask", "For how long is a tool lent?");

        Assert.Equal(HttpStatusCode.NotImplemented, asked.StatusCode);
        Assert.Contains("Set OPENAI_API_KEY", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("LocalRetrieval.Documents", await File.ReadAllTextAsync(Path.Combine(application.Folder, "plain.csproj")), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Versions(XDocument project, string element) =>
        project.Descendants(element).ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);

    private static Dictionary<string, string> Model(StubEndpoint endpoint) =>
        new() { ["OPENAI_API_KEY"] = "key", ["OPENAI_BASE_URL"] = endpoint.Address.ToString(), ["OPENAI_MODEL"] = "small" };

    // The folder is indexed beside the start: until that is done, each answer says so.
    private static async Task<JsonElement> WhenIndexedAsync(HttpClient client, string address)
    {
        while (true)
        {
            using HttpResponseMessage response = await client.GetAsync(address);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            }

            await Task.Yield();
        }
    }

    private static async Task AssertRefusesAsync(HttpClient client)
    {
        string[] addresses = ["/search", "/search?q=%20", "/search?q=tool&top=0", $"/search?q={new string('a', 1001)}"];
        foreach (string address in addresses)
        {
            using HttpResponseMessage response = await client.GetAsync(address);
            Assert.Equal((address, HttpStatusCode.BadRequest, "application/problem+json"), (address, response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }

        using HttpResponseMessage blank = await client.PostAsJsonAsync("/ask", " ");
        using HttpRequestMessage elsewhere = new(HttpMethod.Get, "/") { Headers = { Host = "rebound.invalid" } };
        using HttpResponseMessage refused = await client.SendAsync(elsewhere);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (blank.StatusCode, refused.StatusCode));
    }

    private static async Task AssertShowsAPageAsync(HttpClient client)
    {
        using HttpResponseMessage page = await client.GetAsync("/");
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("<label for=\"question\">", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        foreach (string file in (string[])["app.js", "styles.css", "icon.svg"])
        {
            using HttpResponseMessage response = await client.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
