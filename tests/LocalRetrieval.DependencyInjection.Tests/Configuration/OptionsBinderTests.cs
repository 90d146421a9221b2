using System.Text;
using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.DependencyInjection.Tests.Configuration;

public sealed class OptionsBinderTests
{
    private static readonly OptionsBinder<SampleOptions> Binder = new()
    {
        Readers = new Dictionary<Type, SectionReader> { [typeof(SampleOptions)] = new OptionsBinder<SampleOptions>().ReadNested },
    };

    [Fact]
    public void Bind_EveryKindOfValue_IsSet()
    {
        SampleOptions options = Bind("""
            { "text": "a b", "Flag": true, "Count": 7, "Limit": 8, "Weight": 0.5, "Minimum": -1.5e-3, "Budget": "00:01:30.5", "Day": "friday",
              "Sizes": [64, 128], "Names": ["a", "b"], "Nested": { "Count": 9 } }
            """);

        Assert.Equal(("a b", true, 7, 8), (options.Text, options.Flag, options.Count, options.Limit));
        Assert.Equal((0.5f, -1.5e-3, TimeSpan.FromSeconds(90.5), DayOfWeek.Friday), (options.Weight, options.Minimum, options.Budget, options.Day));
        Assert.Equal([64, 128], options.Sizes!);
        Assert.Equal(["a", "b"], options.Names!);
        Assert.Equal((9, 5), (options.Nested!.Count, options.Nested.Limit));
    }

    [Fact]
    public void Bind_KeysThatAreMissing_LeaveDefaults()
    {
        SampleOptions options = Bind("{ }");

        Assert.Equal((3, 5, null), (options.Count, options.Limit, options.Sizes));
    }

    [Fact]
    public void Bind_Null_IsTheNullOfTheOption()
    {
        Assert.Null(Bind("""{ "Limit": null }""").Limit);
        Assert.Equal("'Section:Count' is null; expected a whole number.", Failure("""{ "Count": null }"""));
    }

    [Fact]
    public void Bind_NullOfWhatCannotBe_NamesTheKeyAndTheFix() =>
        Assert.Equal("'Section:Required' is null, which Required cannot be. Leave the key out for the default.", Failure("""{ "Required": null }"""));

    [Fact]
    public void Bind_EmptyList_IsEmpty() => Assert.Empty(Bind("""{ "Sizes": [] }""").Sizes ?? []);

    [Theory]
    [InlineData("""{ "Cuont": 1 }""", "'Section:Cuont' is no key of SampleOptions. Did you mean 'Count'?")]
    [InlineData("""{ "Nested": { "Limits": 1 } }""", "'Section:Nested:Limits' is no key of SampleOptions. Did you mean 'Limit'?")]
    [InlineData("""{ "CountBehavior": 1 }""", "'Section:CountBehavior' is no key of SampleOptions. Did you mean 'Count'?")]
    [InlineData("""{ "Nested": 1 }""", "'Section:Nested' is '1'; expected a section with the options ")]
    [InlineData("""{ "Serilog": "x" }""", "'Section:Serilog' is no key of SampleOptions. Known are Text, Flag, Count, ")]
    [InlineData("""{ "ReadOnly": 1 }""", "'Section:ReadOnly' is no key of SampleOptions.")]
    [InlineData("""{ "Count": "many" }""", "'Section:Count' is 'many'; expected a whole number.")]
    [InlineData("""{ "Count": 1.5 }""", "'Section:Count' is '1.5'; expected a whole number.")]
    [InlineData("""{ "Count": [1] }""", "'Section:Count' is a section or a list; expected a whole number.")]
    [InlineData("""{ "Count": -1 }""", "'Section:Count': Count ('-1') must be a non-negative value.")]
    [InlineData("""{ "Flag": "yes" }""", "'Section:Flag' is 'yes'; expected true or false.")]
    [InlineData("""{ "Weight": "1,5x" }""", "'Section:Weight' is '1,5x'; expected a number.")]
    [InlineData("""{ "Budget": 5 }""", "'Section:Budget' is '5'; expected a time as hours:minutes:seconds, such as 00:00:05.")]
    [InlineData("""{ "Day": "Someday" }""", "'Section:Day' is 'Someday'; expected one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.")]
    [InlineData("""{ "Day": "5" }""", "'Section:Day' is '5'; expected one of Sunday")]
    [InlineData("""{ "Sizes": 16 }""", "'Section:Sizes' is '16'; expected a list, whose first value has the key 'Section:Sizes:0'.")]
    [InlineData("""{ "Sizes": [16, "x"] }""", "'Section:Sizes:1' is 'x'; expected a whole number.")]
    [InlineData("""{ "Function": "x" }""", "'Section:Function': Function is a function, which a configuration cannot hold. Set it in code, after the section: it is applied first.")]
    [InlineData("""{ "Expression": "x" }""", "'Section:Expression': Expression is an expression, which")]
    [InlineData("""{ "Service": { "Type": "x" } }""", "'Section:Service': Service is an object (IServiceProvider), which")]
    public void Bind_WhatCannotBeSet_IsRefusedByItsPath(string json, string failure) => Assert.StartsWith(failure, Failure(json), StringComparison.Ordinal);

    [Fact]
    public void Bind_SeveralFailures_AreAllNamed()
    {
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => Bind("""{ "Cuont": 1, "Flag": "x", "Limit": 1 }"""));

        Assert.Equal(["'Section:Cuont' is no key of SampleOptions. Did you mean 'Count'?", "'Section:Flag' is 'x'; expected true or false."], exception.Failures);
        Assert.Equal(typeof(SampleOptions), exception.OptionsType);
    }

    [Fact]
    public void Bind_ConfigurationRoot_IsRefused()
    {
        IConfigurationRoot root = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Count", (string?)"1")]).Build();

        Assert.Contains("root of the configuration", Assert.Throws<OptionsValidationException>(() => Binder.Bind(root, new SampleOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("root of the configuration", Assert.Throws<OptionsValidationException>(() => Binder.Bind(new ConfigurationManager(), new SampleOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ValueInPlaceOfASection_IsRefused() => Assert.Equal("'Section' is 'x'; expected a section with the keys of SampleOptions.", Failure("\"x\""));

    [Fact]
    public void Setup_SectionAndCode_AppliesTheCodeLast()
    {
        SampleOptions options = new();

        Binder.Setup(Section("""{ "Count": 7, "Limit": 8 }"""), bound => bound.Count *= 2)(options);

        Assert.Equal((14, 8), (options.Count, options.Limit));
    }

    private static string Failure(string json) => Assert.Throws<OptionsValidationException>(() => Bind(json)).Failures.Single();

    private static SampleOptions Bind(string json)
    {
        SampleOptions options = new() { Nested = new SampleOptions() };
        Binder.Bind(Section(json), options);
        return options;
    }

    private static IConfigurationSection Section(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($$"""{ "Section": {{json}} }"""));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Section");
    }
}
