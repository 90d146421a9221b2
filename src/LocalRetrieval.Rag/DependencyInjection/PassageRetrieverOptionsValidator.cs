using Microsoft.Extensions.Options;

namespace LocalRetrieval.Rag;

/// <summary>Checks what no single setter can.</summary>
internal sealed class PassageRetrieverOptionsValidator<TRecord> : IValidateOptions<PassageRetrieverOptions<TRecord>>
    where TRecord : class
{
    public ValidateOptionsResult Validate(string? name, PassageRetrieverOptions<TRecord> options)
    {
        List<string> failures = [];
        if (options.Mapping is null && PassageMappings.Default<string, TRecord>() is null)
        {
            failures.Add(PassageMappings.MissingMessage<TRecord>());
        }

        if (options.FindFault() is { } fault)
        {
            failures.Add(fault);
        }

        // Whether the generator counts tokens is not known before it is made.
        if ((options.Mapping ?? PassageMappings.Default<string, TRecord>()) is { } mapping && SelectionNeeds.FindFault(options.Selection, mapping, generatorCounter: null) is { } unfit)
        {
            failures.Add(unfit);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
