using JikoXpress.Jiko;
using JikoXpress.Jiko.Commands;

try
{
    return await CommandLine.Run(Checkout.Find(), args);
}
catch (Failure failure)
{
    failure.Tell();
    return failure.Code;
}
